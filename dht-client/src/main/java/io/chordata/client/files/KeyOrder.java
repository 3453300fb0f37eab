package io.chordata.client.files;

import java.util.Comparator;

/**
 * The order in which S3 lists keys: that of their bytes in UTF-8. Strings of Java differ from it where pairs of surrogates
 * meet characters above them.
 */
public final class KeyOrder implements Comparator<String> {
    public static final KeyOrder INSTANCE = new KeyOrder();

    private static final int PAST_SURROGATES = 0xe000;
    private static final int SURROGATES = 0xd800;
    private static final int DOWN = 0x800;
    private static final int UP = 0x2000;

    private KeyOrder() {}

    @Override
    public int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return weight(a.charAt(i)) - weight(b.charAt(i));
            }
        }
        return a.length() - b.length();
    }

    /** Surrogates behind all others, as what they stand for is. */
    private static int weight(char c) {
        return c >= PAST_SURROGATES ? c - DOWN : c >= SURROGATES ? c + UP : c;
    }
}
