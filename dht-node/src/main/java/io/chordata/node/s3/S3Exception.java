package io.chordata.node.s3;

import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal on its way to the client. Carries no stack trace. */
final class S3Exception extends RuntimeException {
    static final String RETRY_AFTER = "Retry-After";

    private static final long serialVersionUID = 1;

    private final S3Error error;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient Map<String, String> details = new LinkedHashMap<>();

    S3Exception(S3Error error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    S3Error error() {
        return error;
    }

    /** Adds a header to the answer. */
    S3Exception header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds an element to the body of the answer. */
    S3Exception detail(String name, String value) {
        details.put(name, value);
        return this;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, String> details() {
        return details;
    }
}
