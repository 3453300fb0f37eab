package io.chordata.node.partition.move;

/**
 * When replicas move, and how many at a time.
 *
 * @param tickMillis how often a leader looks. Shorter: moves go on sooner; longer: less to do for many groups
 * @param steadyMillis how long the desired members must have been the same. Longer: fewer moves that are taken back
 * @param healthyMillis how long a node must have been alive to be handed a leadership. Longer: fewer hand-overs to nodes that
 *     come and go
 * @param leaderPauseMillis between two hand-overs of a group. Longer: fewer pauses; shorter: leaders are spread sooner
 * @param replaceAfterMillis how long a leader itself must have seen a member down before it is replaced. Longer: restarts move
 *     nothing; shorter: full redundancy is back sooner
 * @param retryMillis until what failed or was refused is tried again
 * @param leaseMillis how long a newcomer counts a move that its leader does not mention any more
 * @param lonelyMillis how long a replica hears no leader until it asks whether it is needed. Shorter: space is back sooner;
 *     longer: fewer questions while a leader is missing
 * @param maxComing moves to this node at a time. More: a join is over sooner; fewer: it disturbs less
 * @param maxLeaving moves of groups led by this node at a time; likewise
 * @param closeEntries how far behind a learner's log may be when it is to vote. Larger: sooner; smaller: commits wait less for it
 */
public record MoveOptions(
        long tickMillis,
        long steadyMillis,
        long healthyMillis,
        long leaderPauseMillis,
        long replaceAfterMillis,
        long retryMillis,
        long leaseMillis,
        long lonelyMillis,
        int maxComing,
        int maxLeaving,
        long closeEntries) {
    public static final MoveOptions DEFAULT =
            new MoveOptions(500, 30_000, 30_000, 60_000, 600_000, 5_000, 30_000, 30_000, 4, 4, 256);

    private static final long TICKS_A_WAIT = 8;
    private static final long TICK_MILLIS_MIN = 250;
    private static final long RETRY_MILLIS_MIN = 1_000;
    private static final long LEASE_RETRIES = 6;
    private static final long LONELY_MILLIS_MIN = 5_000;

    /**
     * Those of a cluster that waits for so long before it moves anything: in one to play with, everything happens while one
     * looks on.
     */
    public static MoveOptions of(long steadyMillis, long replaceAfterMillis, int moves) {
        return new MoveOptions(
                within(TICK_MILLIS_MIN, steadyMillis / TICKS_A_WAIT, DEFAULT.tickMillis),
                steadyMillis,
                steadyMillis,
                2 * steadyMillis,
                replaceAfterMillis,
                within(RETRY_MILLIS_MIN, steadyMillis, DEFAULT.retryMillis),
                LEASE_RETRIES * within(RETRY_MILLIS_MIN, steadyMillis, DEFAULT.retryMillis),
                within(LONELY_MILLIS_MIN, steadyMillis, DEFAULT.lonelyMillis),
                moves,
                moves,
                DEFAULT.closeEntries);
    }

    private static long within(long min, long value, long max) {
        return Math.max(min, Math.min(value, max));
    }

    public MoveOptions {
        atLeast("tickMillis", tickMillis, 1);
        atLeast("steadyMillis", steadyMillis, 0);
        atLeast("healthyMillis", healthyMillis, 0);
        atLeast("leaderPauseMillis", leaderPauseMillis, 0);
        atLeast("replaceAfterMillis", replaceAfterMillis, 1);
        atLeast("retryMillis", retryMillis, 1);
        atLeast("leaseMillis", leaseMillis, 2 * retryMillis);
        atLeast("lonelyMillis", lonelyMillis, 1);
        atLeast("maxComing", maxComing, 1);
        atLeast("maxLeaving", maxLeaving, 1);
        atLeast("closeEntries", closeEntries, 0);
    }

    private static void atLeast(String name, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ", got " + value);
        }
    }
}
