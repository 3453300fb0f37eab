package io.chordata.client.admin;

/** An admin request that was not done: of what kind, and in a sentence why. */
public final class AdminException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What a caller may want to tell apart. */
    public enum Kind {
        /** No node took the request. */
        UNREACHABLE,
        /** It was sent, and neither the node nor those that it asked answered in time: whether it was done is unknown. */
        UNKNOWN_OUTCOME,
        /** It is not signed, or not by a key that counts. */
        NOT_SIGNED_IN,
        /** The clocks of this machine and of the node are more than 15 minutes apart. */
        CLOCK_SKEW,
        /** The node does not understand it. */
        WRONG_REQUEST,
        /** There is no such thing. */
        NOT_FOUND,
        /** The cluster would be worse off, or has no room. */
        REFUSED,
        /** The node cannot tell now. */
        UNAVAILABLE,
        /** The answer is nothing that this release can read. */
        NOT_UNDERSTOOD
    }

    AdminException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
