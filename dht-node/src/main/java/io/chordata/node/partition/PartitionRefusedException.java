package io.chordata.node.partition;

import io.chordata.node.core.PartitionId;

/** An expected refusal of a partition: a value rather than an accident, so it carries no stack trace. */
public final class PartitionRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** Too much is queued at the partition; nothing was done. */
        TOO_BUSY(true),
        /** The disks take no more records; nothing was done. */
        DISK_FULL(true),
        /** The node leads the partition no more; nothing was done. */
        NOT_LEADER(true),
        /** The node is not serving yet, or no longer; nothing was done. */
        NOT_SERVING(true),
        /** The request is from too long before log time, or after it; nothing was done. */
        EXPIRED(true),
        /** It is no command, or none that every member could apply at the group's level; nothing was done. */
        UNSUPPORTED(true),
        /** The outcome is not known: the command may have happened or may still happen. */
        UNKNOWN(false);

        private final boolean outcomeKnown;

        Reason(boolean outcomeKnown) {
            this.outcomeKnown = outcomeKnown;
        }

        /** True if the command certainly did not and will not happen. */
        public boolean isOutcomeKnown() {
            return outcomeKnown;
        }
    }

    public PartitionRefusedException(PartitionId partition, Reason reason, String detail) {
        super(partition + " " + reason + ": " + detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
