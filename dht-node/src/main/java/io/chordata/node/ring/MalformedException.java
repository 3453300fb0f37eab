package io.chordata.node.ring;

/** Bytes that are no message, or one that says what cannot be. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message, null, false, false);
    }
}
