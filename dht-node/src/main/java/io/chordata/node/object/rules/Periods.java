package io.chordata.node.object.rules;

/** Spans of log time that the rules go by. Every replica must use the same: they change only with the level. */
final class Periods {
    /** Garbage stays this long, so that readers under way finish. */
    static final long GARBAGE_MILLIS = 3_600_000;

    /** Within this time of its start a body must be referred to; after it, it may be condemned. Never both. */
    static final long BODY_START_MILLIS = 86_400_000;

    /** A repeated complete is answered as the first for this long. */
    static final long COMPLETED_MILLIS = 86_400_000;

    /** A removed shard row refuses to be made again for this long; no command is under way for longer. */
    static final long REMOVED_SHARD_MILLIS = 86_400_000;

    /**
     * A dropped body's blocks are refused for this long. A member that was away for longer may bring copies back, which nothing
     * refers to: they are condemned anew, as orphans.
     */
    static final long DROPPED_MILLIS = 30L * 86_400_000;

    private Periods() {}
}
