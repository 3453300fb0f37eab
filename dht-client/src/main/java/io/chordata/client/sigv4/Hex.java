package io.chordata.client.sigv4;

import java.nio.charset.StandardCharsets;

/** Lower-case hexadecimal text, as all signatures and hashes of Signature V4 are written. */
public final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Hex() {}

    public static String of(byte[] value) {
        byte[] text = new byte[2 * value.length];
        write(value, text, 0);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** The value of one hex digit of either case, or -1 for any other character. */
    public static int digit(char character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'f' && character < 0x80 ? lower - 'a' + 10 : -1;
    }

    /** True for exactly {@code digits} hex digits of lower case. */
    public static boolean isLowerHex(String text, int digits) {
        if (text.length() != digits) {
            return false;
        }
        for (int i = 0; i < digits; i++) {
            char character = text.charAt(i);
            if (digit(character) < 0 || (character >= 'A' && character <= 'F')) {
                return false;
            }
        }
        return true;
    }

    static int write(byte[] value, byte[] target, int offset) {
        int at = offset;
        for (byte b : value) {
            target[at++] = DIGITS[b >>> 4 & 0xf];
            target[at++] = DIGITS[b & 0xf];
        }
        return at - offset;
    }
}
