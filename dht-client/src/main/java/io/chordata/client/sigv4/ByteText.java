package io.chordata.client.sigv4;

import java.util.Arrays;

/**
 * A growing run of bytes, for texts that are about to be hashed. A char stands for one byte, as in what an HTTP parser
 * hands out.
 */
final class ByteText {
    private byte[] bytes;
    private int length;

    ByteText(int capacity) {
        bytes = new byte[capacity];
    }

    ByteText append(String text) {
        int added = text.length();
        reserve(added);
        for (int i = 0; i < added; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += added;
        return this;
    }

    ByteText append(char character) {
        reserve(1);
        bytes[length++] = (byte) character;
        return this;
    }

    /** Adds the bytes as lower-case hex digits. */
    ByteText appendHex(byte[] value) {
        reserve(2 * value.length);
        length += Hex.write(value, bytes, length);
        return this;
    }

    byte[] array() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    int length() {
        return length;
    }

    @Override
    @SuppressWarnings("deprecation") // a char per byte is what the text is made of
    public String toString() {
        return new String(bytes, 0, 0, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
