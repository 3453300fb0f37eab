package io.chordata.node.partition;

/**
 * As of when the rows of a replica are known to be whole. Whenever they are asked for, a leader is asked up to which index the
 * log then holds all that is acknowledged; once that is applied, the rows are whole as of the question, by this node's own clock
 * alone. Belongs to the partition's loop.
 */
final class Freshness {
    /** How old the last confirmation may be before another is asked for. */
    private static final long RENEW_MILLIS = 1_000;

    private static final long NEVER = Long.MIN_VALUE;

    private long wholeMillis = NEVER;
    private long confirmedMillis = NEVER;
    private long confirmedIndex;
    private long askedMillis = NEVER;

    /** @return whether the leader should be asked now */
    boolean begin(Now now) {
        if (askedMillis != NEVER && now.monotonicMillis() - askedMillis < RENEW_MILLIS) {
            return false;
        }
        askedMillis = now.monotonicMillis();
        return true;
    }

    /**
     * A leader said that the log held all that was acknowledged up to then.
     *
     * @param asked when the question went out, by the monotonic clock
     */
    void onConfirmed(long asked, long index, long applied) {
        settle(applied);
        if (asked > confirmedMillis) {
            confirmedMillis = asked;
            confirmedIndex = index;
        }
    }

    private void settle(long applied) {
        if (confirmedMillis != NEVER && applied >= confirmedIndex) {
            wholeMillis = Math.max(wholeMillis, confirmedMillis);
        }
    }

    /** @param mark the newest entry that is applied; what was acknowledged before it was stamped is applied, too */
    long ageMillis(Now now, AppliedMark mark) {
        settle(mark.index());
        long byLogTime = Math.max(0, now.wallMillis() - mark.timeMillis());
        return wholeMillis == NEVER ? byLogTime : Math.min(byLogTime, now.monotonicMillis() - wholeMillis);
    }
}
