package io.chordata.node.s3;

import io.chordata.node.object.ObjectMetadata;
import io.chordata.node.object.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The headers that tell of an object. */
final class ObjectHeaders {
    private static final String DEFAULT_TYPE = "binary/octet-stream";
    private static final String OVERRIDE_PREFIX = "response-";

    private ObjectHeaders() {}

    static void put(S3Answer answer, StoredObject object) {
        ObjectMetadata metadata = object.metadata();
        answer.header("ETag", ETags.quoted(object.eTag()))
                .header("Last-Modified", HttpDates.header(object.modifiedMillis()))
                .header("Accept-Ranges", "bytes")
                .header("Content-Type", DEFAULT_TYPE);
        for (Map.Entry<String, String> header : metadata.headers().entrySet()) {
            answer.header(spelled(header.getKey()), header.getValue());
        }
        metadata.user().forEach((name, value) -> answer.header(WriteHeaders.USER_PREFIX + name, value));
    }

    /**
     * Puts the client's own values ({@code response-content-type} and so on) over the stored ones.
     *
     * @throws S3Exception INVALID_ARGUMENT if one cannot be a header
     */
    static void override(S3Answer answer, QueryString query) {
        for (String name : WriteHeaders.STANDARD) {
            String value = query.get(OVERRIDE_PREFIX + name);
            if (value != null && !value.isEmpty()) {
                answer.header(spelled(name), headerText(OVERRIDE_PREFIX + name, value));
            }
        }
    }

    /** @return a char for each byte, which is how headers are written */
    private static String headerText(String name, String value) {
        String text = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (text.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
            throw S3Error.INVALID_ARGUMENT
                    .with("Header value cannot be represented.")
                    .detail("ArgumentName", name);
        }
        return text;
    }

    /** Content-Type rather than content-type: some clients look for no other spelling. */
    private static String spelled(String lowerCase) {
        StringBuilder text = new StringBuilder(lowerCase);
        for (int i = 0; i < text.length(); i++) {
            if (i == 0 || text.charAt(i - 1) == '-') {
                text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
            }
        }
        return text.toString();
    }
}
