package io.chordata.node.s3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding of parts of a URI, exact or not at all: what is not valid UTF-8 has no meaning as a key. */
final class PercentDecoding {
    private PercentDecoding() {}

    /**
     * @param raw a char for each byte on the wire
     * @throws S3Exception INVALID_URI if an escape is broken or the bytes are not UTF-8
     */
    static String decode(String raw, boolean plusIsSpace) {
        if (isPlain(raw, plusIsSpace)) {
            return raw;
        }
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) escaped(raw, i);
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(bytes, length);
    }

    private static boolean isPlain(String raw, boolean plusIsSpace) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c >= 0x80 || (c == '+' && plusIsSpace)) {
                return false;
            }
        }
        return true;
    }

    private static int escaped(String raw, int percent) {
        int value = percent + 2 < raw.length()
                ? Character.digit(raw.charAt(percent + 1), 16) << 4 | Character.digit(raw.charAt(percent + 2), 16)
                : -1;
        if (value < 0) {
            throw S3Error.INVALID_URI.with("The URI has a percent sign that begins no escape.");
        }
        return value;
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw S3Error.INVALID_URI.with("The URI is not valid UTF-8.");
        }
    }
}
