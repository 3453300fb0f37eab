package io.chordata.client.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in headers: HTTP carries bytes, and HTTP libraries show each as a char; we send UTF-8, and read it where it is. */
public final class HeaderText {
    private HeaderText() {}

    static String toWire(String text) {
        return isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text if the bytes are UTF-8, else a char for each. */
    public static String fromWire(String chars) {
        if (isAscii(chars)) {
            return chars;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(chars.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return chars;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
