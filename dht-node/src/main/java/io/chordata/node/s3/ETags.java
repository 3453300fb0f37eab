package io.chordata.node.s3;

/** ETags as clients write them: in quotes, without them, weak, or several. */
final class ETags {
    private ETags() {}

    static String quoted(String eTag) {
        return '"' + eTag + '"';
    }

    /** One tag without its quotes. */
    static String unquoted(String text) {
        String value = text.strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** True if one of the tags in the header is this one, or the header is {@code *}. */
    static boolean matches(String header, String eTag) {
        for (String candidate : header.split(",", -1)) {
            String tag = candidate.strip();
            tag = unquoted(tag.startsWith("W/") ? tag.substring(2) : tag);
            if (tag.equals("*") || tag.equals(eTag)) {
                return true;
            }
        }
        return false;
    }
}
