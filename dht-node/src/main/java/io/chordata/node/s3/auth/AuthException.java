package io.chordata.node.s3.auth;

import java.util.Map;

/** An expected refusal. Carries no stack trace; the message is for the client and never shows a secret. */
public final class AuthException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final AuthError error;
    private final transient Map<String, String> details;

    public AuthException(AuthError error, String message) {
        this(error, message, Map.of());
    }

    /** @param details elements that S3 adds to the error, in their order */
    AuthException(AuthError error, String message, Map<String, String> details) {
        super(message, null, false, false);
        this.error = error;
        this.details = details;
    }

    public AuthError error() {
        return error;
    }

    public Map<String, String> details() {
        return details;
    }
}
