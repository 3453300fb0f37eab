package io.chordata.node.core;

/** A read that was told to stay in memory would have to go to disk. Try again on a worker. Carries no stack trace. */
public final class ColdReadException extends RuntimeException {
    public static final ColdReadException INSTANCE = new ColdReadException();

    private static final long serialVersionUID = 1;

    private ColdReadException() {
        super("not in memory", null, false, false);
    }
}
