package io.chordata.client.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The URI encoding of Signature V4: {@code A-Z a-z 0-9 - . _ ~} stay, every other byte becomes {@code %XX} in upper case.
 * What arrives in another valid encoding is brought to this one; paths are never normalised. A percent sign that begins
 * no escape stands for itself.
 */
public final class UriEncoding {
    private static final String DIGITS = "0123456789ABCDEF";
    private static final boolean[] UNRESERVED = new boolean[256];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".toCharArray()) {
            UNRESERVED[c] = true;
        }
    }

    private UriEncoding() {}

    /** A name or value of a query, from its plain text. */
    public static String encode(String plain) {
        return encode(plain, false);
    }

    /** A path, from its plain text; slashes stay. */
    public static String encodePath(String plain) {
        return encode(plain, true);
    }

    private static String encode(String plain, boolean keepSlash) {
        ByteText target = new ByteText(plain.length() + 16);
        for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
            appendByte(target, b & 0xff, keepSlash);
        }
        return target.toString();
    }

    /** The plain text of a name or value in a query, a char for each byte; {@code +} is a space. */
    public static String decode(String raw) {
        ByteText target = new ByteText(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            target.append((char) byteAt(raw, i, raw.length()));
            i += escapeAt(raw, i, raw.length()) < 0 ? 0 : 2;
        }
        return target.toString();
    }

    static void appendCanonicalPath(ByteText target, String rawPath) {
        if (rawPath.isEmpty()) {
            target.append('/');
        }
        for (int i = 0; i < rawPath.length(); i++) {
            int escaped = escapeAt(rawPath, i, rawPath.length());
            appendByte(target, escaped < 0 ? rawPath.charAt(i) & 0xff : escaped, true);
            i += escaped < 0 ? 0 : 2;
        }
    }

    /** The parameters without {@code omitted}, each encoded, in order of encoded name and value. */
    static void appendCanonicalQuery(ByteText target, String rawQuery, String omitted) {
        List<Parameter> parameters = parameters(rawQuery, omitted);
        Collections.sort(parameters);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            target.append(i == 0 ? "" : "&").append(parameter.name).append('=').append(parameter.value);
        }
    }

    private static List<Parameter> parameters(String rawQuery, String omitted) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < rawQuery.length()) {
            int end = indexOrEnd(rawQuery, '&', start, rawQuery.length());
            int equals = indexOrEnd(rawQuery, '=', start, end);
            String name = canonicalComponent(rawQuery, start, equals);
            if (end > start && !name.equals(omitted)) {
                parameters.add(new Parameter(name, canonicalComponent(rawQuery, Math.min(equals + 1, end), end)));
            }
            start = end + 1;
        }
        return parameters;
    }

    private static String canonicalComponent(String raw, int start, int end) {
        ByteText target = new ByteText(end - start + 16);
        for (int i = start; i < end; i++) {
            appendByte(target, byteAt(raw, i, end), false);
            i += escapeAt(raw, i, end) < 0 ? 0 : 2;
        }
        return target.toString();
    }

    /** The byte of a query component that begins at {@code index}. */
    private static int byteAt(String raw, int index, int end) {
        int escaped = escapeAt(raw, index, end);
        char character = raw.charAt(index);
        return escaped >= 0 ? escaped : character == '+' ? ' ' : character & 0xff;
    }

    private static int indexOrEnd(String text, char wanted, int start, int end) {
        int found = text.indexOf(wanted, start);
        return found < 0 || found > end ? end : found;
    }

    /** The byte that an escape at {@code index} stands for, or -1 if none begins there. */
    private static int escapeAt(String raw, int index, int end) {
        if (raw.charAt(index) != '%' || index + 2 >= end) {
            return -1;
        }
        int high = Hex.digit(raw.charAt(index + 1));
        int low = Hex.digit(raw.charAt(index + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static void appendByte(ByteText target, int value, boolean keepSlash) {
        if (UNRESERVED[value] || (keepSlash && value == '/')) {
            target.append((char) value);
        } else {
            target.append('%').append(DIGITS.charAt(value >>> 4)).append(DIGITS.charAt(value & 0xf));
        }
    }

    private record Parameter(String name, String value) implements Comparable<Parameter> {
        @Override
        public int compareTo(Parameter other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : value.compareTo(other.value);
        }
    }
}
