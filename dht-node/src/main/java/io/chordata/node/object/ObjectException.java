package io.chordata.node.object;

/** An expected refusal. Carries no stack trace; the message is for the client. */
public final class ObjectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ObjectError error;

    public ObjectException(ObjectError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    public ObjectError error() {
        return error;
    }
}
