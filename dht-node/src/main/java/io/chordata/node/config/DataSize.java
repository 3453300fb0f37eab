package io.chordata.node.config;

import java.util.Locale;

/**
 * A number of bytes, written as a whole number and a unit: {@code 512B}, {@code 4KiB}, {@code 1MiB}, {@code 2GiB},
 * {@code 1TiB}. A number alone counts bytes. Units are powers of 1,024; upper and lower case are alike.
 *
 * @param bytes at least 0
 */
public record DataSize(long bytes) {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative, got " + bytes);
        }
    }

    /** @throws IllegalArgumentException if the text is no size */
    public static DataSize parse(String text) {
        Quantity quantity = Quantity.parse(text, "a size such as 512B, 4KiB or 1GiB");
        long factor = 1;
        for (String unit : UNITS) {
            if (quantity.unit().equals(unit.toLowerCase(Locale.ROOT))
                    || quantity.unit().isEmpty()) {
                return new DataSize(quantity.times(factor));
            }
            factor *= STEP;
        }
        throw quantity.refused();
    }

    /** In the largest unit that leaves a whole number. */
    @Override
    public String toString() {
        long number = bytes;
        int unit = 0;
        while (number != 0 && number % STEP == 0 && unit < UNITS.length - 1) {
            number /= STEP;
            unit++;
        }
        return number + UNITS[unit];
    }
}
