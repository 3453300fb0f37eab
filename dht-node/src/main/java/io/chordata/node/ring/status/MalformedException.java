package io.chordata.node.ring.status;

/** Bytes that are no message, or one that says what cannot be. Without stack trace: what others send is no error here. */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message, null, false, false);
    }
}
