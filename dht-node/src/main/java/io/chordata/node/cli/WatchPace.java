package io.chordata.node.cli;

import java.util.concurrent.TimeUnit;

/**
 * When all nodes are to be asked again: each second while somebody listens, and else only while things change, or every few
 * seconds, and the less often the more nodes there are. Not thread-safe.
 */
final class WatchPace {
    static final long PERIOD_MILLIS = 1_000;
    static final long CALM_PERIOD_MILLIS = 5_000;

    /** While nobody listens, at most 20 nodes are asked a second. */
    static final long MILLIS_PER_NODE = 50;

    /** So long a node that has just begun may know of nobody who leads anything, which says nothing of the cluster. */
    static final long ARRIVAL_MILLIS = 30_000;

    private final long beganNanos;
    private boolean hasArrived;
    private boolean isRestless = true;
    private long askedNanos;
    private long askedVersion = -1;

    WatchPace(long nanos) {
        beganNanos = nanos;
    }

    /** Whether what it was told counts. */
    boolean hasArrived(long nanos, boolean isAnyLed) {
        hasArrived |= isAnyLed || nanos - beganNanos >= TimeUnit.MILLISECONDS.toNanos(ARRIVAL_MILLIS);
        return hasArrived;
    }

    boolean isDue(long nanos, long viewVersion, int nodes, boolean isHeard) {
        if (isHeard || askedVersion < 0) {
            return true;
        }
        boolean isCalm = !isRestless && viewVersion == askedVersion;
        long period = Math.max(isCalm ? CALM_PERIOD_MILLIS : PERIOD_MILLIS, nodes * MILLIS_PER_NODE);
        return nanos - askedNanos >= TimeUnit.MILLISECONDS.toNanos(period);
    }

    void asked(long nanos, long viewVersion) {
        askedNanos = nanos;
        askedVersion = viewVersion;
    }

    /** @param isChanged whether what was told is another than before */
    void told(boolean isChanged) {
        isRestless = isChanged;
    }
}
