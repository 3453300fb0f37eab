package io.chordata.client.sigv4;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** Times as Signature V4 writes them: {@code 20130524T000000Z}, and the leading eight digits as the date of a scope. */
public final class AmzDate {
    private static final int LENGTH = 16;
    private static final int DATE_LENGTH = 8;

    private AmzDate() {}

    /** @param epochMillis since 1970 UTC; fractions of a second are dropped */
    public static String format(long epochMillis) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(epochMillis, 1000L), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(LENGTH);
        appendDigits(text, time.getYear(), 4);
        appendDigits(text, time.getMonthValue(), 2);
        appendDigits(text, time.getDayOfMonth(), 2);
        text.append('T');
        appendDigits(text, time.getHour(), 2);
        appendDigits(text, time.getMinute(), 2);
        appendDigits(text, time.getSecond(), 2);
        return text.append('Z').toString();
    }

    /** Milliseconds since 1970 UTC, or empty if the text is no such time. */
    public static OptionalLong parse(String text) {
        if (text.length() != LENGTH || text.charAt(DATE_LENGTH) != 'T' || text.charAt(LENGTH - 1) != 'Z') {
            return OptionalLong.empty();
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    digits(text, 0, 4),
                    digits(text, 4, 6),
                    digits(text, 6, 8),
                    digits(text, 9, 11),
                    digits(text, 11, 13),
                    digits(text, 13, 15));
            return OptionalLong.of(time.toEpochSecond(ZoneOffset.UTC) * 1000);
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /** The date of a time that {@link #format} wrote or {@link #parse} took. */
    public static String date(String amzDate) {
        return amzDate.substring(0, DATE_LENGTH);
    }

    private static int digits(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not a digit");
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private static void appendDigits(StringBuilder text, int value, int digits) {
        String plain = Integer.toString(value);
        text.append("0".repeat(digits - plain.length())).append(plain);
    }
}
