package io.chordata.node.object;

/** Lengths of text in UTF-8, without encoding it. */
final class Utf8 {
    private Utf8() {}

    /** Bytes that {@code text} takes, or -1 if an unpaired surrogate makes it no text at all. */
    static int strictLength(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return -1;
            }
        }
        return bytes;
    }
}
