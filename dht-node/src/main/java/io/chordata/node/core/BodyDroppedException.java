package io.chordata.node.core;

/** The body was dropped: none of its blocks is taken any more. */
public final class BodyDroppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BodyDroppedException(String message) {
        super(message, null, false, false);
    }
}
