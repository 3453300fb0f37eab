package io.chordata.node.core;

/**
 * The store's queue is full: the disk is slower than what is asked of it. Nothing of the refused batch was or will be
 * written; try again later. Carries no stack trace.
 */
public final class StoreBusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreBusyException(String message) {
        super(message, null, false, false);
    }
}
