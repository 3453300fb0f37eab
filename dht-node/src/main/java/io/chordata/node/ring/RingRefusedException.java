package io.chordata.node.ring;

import io.chordata.node.ring.directory.RefusalReason;

/** The cluster does not let this node take part. The message is for its operator: who refused it, why, and what to do. */
public final class RingRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RefusalReason reason;

    RingRefusedException(RefusalReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public RefusalReason reason() {
        return reason;
    }
}
