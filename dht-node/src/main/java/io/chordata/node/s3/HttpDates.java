package io.chordata.node.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/** Times in headers ({@code Sun, 06 Nov 1994 08:49:37 GMT}) and in XML ({@code 1994-11-06T08:49:37.000Z}). */
final class HttpDates {
    private static final DateTimeFormatter HEADER = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter XML = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpDates() {}

    static String header(long epochMillis) {
        return HEADER.format(Instant.ofEpochMilli(epochMillis));
    }

    static String xml(long epochMillis) {
        return XML.format(Instant.ofEpochMilli(epochMillis));
    }

    /** Whole seconds since 1970 UTC; empty if the text is no date, which a condition then ignores. */
    static OptionalLong parseSeconds(String text) {
        try {
            return OptionalLong.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toEpochSecond());
        } catch (DateTimeException e) {
            return parseIso(text.strip());
        }
    }

    private static OptionalLong parseIso(String text) {
        try {
            return OptionalLong.of(Instant.parse(text).getEpochSecond());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
