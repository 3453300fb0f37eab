package io.chordata.client.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an answer that speak of time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, Retry-After</a>
 */
public final class RetryAfter {
    private RetryAfter() {}

    /** How long Retry-After asks to wait, given in seconds or as a date; 0 if it asks nothing, or nonsense. */
    public static long millis(@Nullable String header, long nowMillis) {
        if (header == null) {
            return 0;
        }
        String text = header.strip();
        if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(text)).toMillis();
        }
        OptionalLong date = date(text);
        return date.isPresent() ? Math.max(0, date.getAsLong() - nowMillis) : 0;
    }

    /** A date of HTTP in milliseconds since 1970. */
    public static OptionalLong date(@Nullable String header) {
        if (header == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
