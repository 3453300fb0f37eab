package io.chordata.node.s3.auth;

/** An expected refusal. Carries no stack trace; the message is for the client and never shows a secret. */
public final class AuthException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final AuthError error;

    public AuthException(AuthError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    public AuthError error() {
        return error;
    }
}
