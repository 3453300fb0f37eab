package io.chordata.node.s3;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of a request, in the order sent. Of several with one name the first counts. */
final class QueryString {
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    /** @throws S3Exception INVALID_URI */
    static QueryString parse(String raw) {
        QueryString query = new QueryString();
        for (int start = 0; start < raw.length(); ) {
            int end = raw.indexOf('&', start);
            end = end < 0 ? raw.length() : end;
            if (end > start) {
                query.add(raw.substring(start, end));
            }
            start = end + 1;
        }
        return query;
    }

    private void add(String parameter) {
        int equals = parameter.indexOf('=');
        names.add(PercentDecoding.decode(equals < 0 ? parameter : parameter.substring(0, equals), true));
        values.add(equals < 0 ? "" : PercentDecoding.decode(parameter.substring(equals + 1), true));
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** Null if there is none; empty for a name without a value. */
    @Nullable
    String get(String name) {
        int index = names.indexOf(name);
        return index < 0 ? null : values.get(index);
    }

    /** Empty if there is none. */
    String text(String name) {
        String value = get(name);
        return value == null ? "" : value;
    }

    List<String> names() {
        return names;
    }

    /**
     * The number, or {@code absent} if there is none.
     *
     * @throws S3Exception INVALID_ARGUMENT if it is no number from {@code min} to {@code max}
     */
    int integer(String name, int absent, int min, int max) {
        String value = get(name);
        if (value == null || value.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max && value.charAt(0) != '+') {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, together with numbers that are out of range
        }
        throw S3Error.INVALID_ARGUMENT
                .with("Argument " + name + " must be an integer between " + min + " and " + max + ".")
                .detail("ArgumentName", name)
                .detail("ArgumentValue", value);
    }
}
