package io.chordata.node.history;

/** Whether one key can be there, and whether it can be missing. Positions are those of a {@link ListingOracle}. */
final class Presence {
    /** Bits of {@link #possible}. */
    static final int THERE = 1;

    static final int MISSING = 2;

    private static final long NEVER = -1;

    private long putAcknowledged = NEVER;

    /** Before all else, the key was missing. */
    private long deleteAcknowledged = 0;

    /** The latest begin of a write that was acknowledged: what had ended before is overwritten. */
    private long lastBegun = 0;

    private int openPuts;
    private int openDeletes;
    private int doubts;

    void begin(int effect) {
        count(effect, 1);
    }

    void acknowledge(int effect, long begun, long now) {
        count(effect, -1);
        lastBegun = Math.max(lastBegun, begun);
        if (effect == THERE) {
            putAcknowledged = now;
        } else {
            deleteAcknowledged = now;
        }
    }

    void refuse(int effect) {
        count(effect, -1);
    }

    /** It may still happen at any time. */
    void doubt(int effect) {
        count(effect, -1);
        doubts |= effect;
    }

    private void count(int effect, int change) {
        if (effect == THERE) {
            openPuts += change;
        } else {
            openDeletes += change;
        }
    }

    int possible() {
        boolean there = openPuts > 0 || (putAcknowledged != NEVER && putAcknowledged > lastBegun);
        boolean missing = openDeletes > 0 || deleteAcknowledged >= lastBegun;
        return doubts | (there ? THERE : 0) | (missing ? MISSING : 0);
    }
}
