package io.chordata.node.admin;

/** An admin request that cannot be answered, as the client will be told (RFC 9457). */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;

    /**
     * @param title the kind of problem, the same each time
     * @param detail this one: which value, what to do
     */
    public ProblemException(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }
}
