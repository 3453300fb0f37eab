package io.chordata.client.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them: {@code 4KiB}, {@code 10s}. */
final class Quantities {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})([A-Za-z]*)");
    private static final Map<String, Long> BYTES = new LinkedHashMap<>();
    private static final Map<String, Long> MILLIS = new LinkedHashMap<>();

    static {
        BYTES.put("", 1L);
        BYTES.put("B", 1L);
        BYTES.put("KiB", 1L << 10);
        BYTES.put("MiB", 1L << 20);
        BYTES.put("GiB", 1L << 30);
        MILLIS.put("ms", 1L);
        MILLIS.put("s", 1_000L);
        MILLIS.put("m", 60_000L);
    }

    private Quantities() {}

    static long bytes(String text) {
        return parse(text, BYTES, "a size such as 4KiB");
    }

    static Duration duration(String text) {
        return Duration.ofMillis(parse(text, MILLIS, "a duration such as 10s"));
    }

    /** The largest unit that gives a whole number. */
    static String bytesText(long bytes) {
        String text = bytes + " B";
        for (Map.Entry<String, Long> unit : BYTES.entrySet()) {
            if (unit.getValue() > 1 && bytes > 0 && bytes % unit.getValue() == 0) {
                text = bytes / unit.getValue() + " " + unit.getKey();
            }
        }
        return text;
    }

    static String durationText(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static long parse(String text, Map<String, Long> units, String wanted) {
        Matcher matcher = FORM.matcher(text);
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (matcher.matches()
                    && matcher.group(2)
                            .toLowerCase(Locale.ROOT)
                            .equals(unit.getKey().toLowerCase(Locale.ROOT))) {
                return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit.getValue());
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not " + wanted + "; units are " + units.keySet());
    }
}
