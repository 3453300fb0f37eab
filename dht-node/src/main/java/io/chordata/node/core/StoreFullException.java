package io.chordata.node.core;

/** The disk is nearly full: the store takes no more of this until something is deleted. */
public final class StoreFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreFullException(String message) {
        super(message, null, false, false);
    }
}
