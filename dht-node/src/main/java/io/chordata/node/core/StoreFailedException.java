package io.chordata.node.core;

/** A disk or its content failed; the message names the file and what to do. The store takes no more writes. */
public final class StoreFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreFailedException(String message) {
        super(message);
    }

    public StoreFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
