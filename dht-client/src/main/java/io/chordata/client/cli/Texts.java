package io.chordata.client.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures and names as people read them. */
final class Texts {
    private static final String UNITS = "KMGTPE";
    private static final double STEP = 1_024;
    private static final double ROUNDS_UP = 999.5;
    private static final double ONE_DIGIT = 9.95;

    private Texts() {}

    /** Bytes in at most five characters, as in {@code 1.2G}, in powers of 1,024; {@code -} for null. */
    static String bytes(@Nullable Long bytes) {
        if (bytes == null) {
            return "-";
        }
        double value = bytes;
        int unit = -1;
        while (value >= ROUNDS_UP && unit < UNITS.length() - 1) {
            value /= STEP;
            unit++;
        }
        String digits = unit >= 0 && value < ONE_DIGIT
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.valueOf(Math.round(value));
        return unit < 0 ? digits : digits + UNITS.charAt(unit);
    }

    static String number(@Nullable Long number) {
        return number == null ? "-" : String.valueOf(number);
    }

    /** Names come from elsewhere, and control characters would control the terminal. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(isShown(c) ? c : '?'));
        return printable.toString();
    }

    private static boolean isShown(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED;
    }

    /** At most so many characters. */
    static String clip(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        return charsMax < 2 ? text.substring(0, charsMax) : text.substring(0, charsMax - 1) + '\u2026';
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
