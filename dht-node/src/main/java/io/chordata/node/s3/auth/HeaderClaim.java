package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.AmzDate;
import io.chordata.client.sigv4.Signer;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the Authorization header: {@code AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…}. */
final class HeaderClaim {
    private static final String CREDENTIAL = "Credential";
    private static final String SIGNED_HEADERS = "SignedHeaders";
    private static final String SIGNATURE = "Signature";
    private static final List<String> FIELDS = List.of(CREDENTIAL, SIGNED_HEADERS, SIGNATURE);

    private HeaderClaim() {}

    static Claim read(String authorization, MultiMap headers) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? authorization : authorization.substring(0, space);
        if (!scheme.equals(Signer.ALGORITHM)) {
            throw new AuthException(
                    AuthError.UNSUPPORTED_SCHEME, "The authorization mechanism must be " + Signer.ALGORITHM);
        }
        Map<String, String> fields = fields(space < 0 ? "" : authorization.substring(space + 1));
        return Claim.of(
                field(fields, CREDENTIAL),
                date(headers),
                field(fields, SIGNED_HEADERS),
                field(fields, SIGNATURE),
                AuthError.MALFORMED_HEADER);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new TreeMap<>();
        for (int start = 0; start <= text.length(); ) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            String field = text.substring(start, end).strip();
            int equals = field.indexOf('=');
            String name = field.substring(0, Math.max(0, equals));
            if (!FIELDS.contains(name) || fields.put(name, field.substring(equals + 1)) != null) {
                throw malformed("expected Credential, SignedHeaders and Signature, each once");
            }
            start = end + 1;
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw malformed(name + " is missing");
        }
        return value;
    }

    private static AuthException malformed(String what) {
        return new AuthException(AuthError.MALFORMED_HEADER, "The authorization header is malformed: " + what);
    }

    /** The time of {@code x-amz-date}, or of {@code Date} where there is none. */
    private static String date(MultiMap headers) {
        String amzDate = headers.get("x-amz-date");
        String date = amzDate == null ? headers.get("date") : amzDate;
        if (date != null && AmzDate.parse(date).isPresent()) {
            return date;
        }
        if (amzDate == null && date != null) {
            return fromHttpDate(date);
        }
        throw noDate();
    }

    private static String fromHttpDate(String date) {
        try {
            ZonedDateTime time = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return AmzDate.format(time.toEpochSecond() * 1000);
        } catch (DateTimeException e) {
            throw noDate();
        }
    }

    private static AuthException noDate() {
        return new AuthException(AuthError.NO_DATE, "A signed request needs a valid Date or x-amz-date header");
    }
}
