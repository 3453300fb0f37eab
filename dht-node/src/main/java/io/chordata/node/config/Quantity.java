package io.chordata.node.config;

import java.util.Locale;

/**
 * A whole number and the letters behind it.
 *
 * @param unit lower case, may be empty
 * @param expected what the text should have been, for the refusal
 */
record Quantity(long number, String unit, String text, String expected) {
    static Quantity parse(String text, String expected) {
        String trimmed = text.strip();
        int digits = 0;
        while (digits < trimmed.length() && trimmed.charAt(digits) >= '0' && trimmed.charAt(digits) <= '9') {
            digits++;
        }
        try {
            String unit = trimmed.substring(digits).strip().toLowerCase(Locale.ROOT);
            return new Quantity(Long.parseLong(trimmed.substring(0, digits)), unit, text, expected);
        } catch (NumberFormatException e) {
            throw refused(text, expected);
        }
    }

    long times(long factor) {
        try {
            return Math.multiplyExact(number, factor);
        } catch (ArithmeticException e) {
            throw refused();
        }
    }

    IllegalArgumentException refused() {
        return refused(text, expected);
    }

    private static IllegalArgumentException refused(String text, String expected) {
        return new IllegalArgumentException("expected " + expected + ", got '" + text + "'");
    }
}
