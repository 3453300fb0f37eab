package io.chordata.node.history;

/** S3's order of keys: that of their UTF-8 bytes, which is that of their code points. */
final class KeyOrder {
    private KeyOrder() {}

    static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean differInPlane = Character.isSurrogate(x) != Character.isSurrogate(y);
                return differInPlane ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
