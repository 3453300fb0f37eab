package io.chordata.node.config;

import java.time.Duration;

/** Durations as options write them: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 2h}, {@code 1d}. */
final class Durations {
    private static final String EXPECTED = "a duration such as 250ms, 5s, 10m or 2h";
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    private Durations() {}

    /** @throws IllegalArgumentException if the text is no duration */
    static Duration parse(String text) {
        Quantity quantity = Quantity.parse(text, EXPECTED);
        for (int i = 0; i < UNITS.length; i++) {
            if (quantity.unit().equals(UNITS[i])) {
                return Duration.ofMillis(quantity.times(MILLIS[i]));
            }
        }
        throw quantity.refused();
    }

    /** In the largest unit that leaves a whole number. */
    static String format(Duration duration) {
        long millis = duration.toMillis();
        int unit = 0;
        while (unit < UNITS.length - 1 && (millis == 0 || millis % MILLIS[unit] != 0)) {
            unit++;
        }
        return millis / MILLIS[unit] + UNITS[unit];
    }
}
