package io.chordata.node.admin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this node is, kept so that a probe is answered from memory. Safe for use by many threads.
 *
 * <p>Legal transitions: STARTING to WAITING, SERVING or STOPPING; WAITING to SERVING or STOPPING; SERVING to FAILED or
 * STOPPING; FAILED to STOPPING. Any other is ignored: what arrives late must not make a stopping node look ready.
 */
public final class Health {
    /** What the node is doing. */
    public enum Phase {
        /** Opens its stores and replays its logs. */
        STARTING,
        /** Has an empty data directory and no cluster yet. */
        WAITING,
        /** Answers requests. */
        SERVING,
        /** A store failed: nothing is acknowledged any more. */
        FAILED,
        /** Finishes what is in flight. */
        STOPPING;

        boolean mayBecome(Phase next) {
            return switch (this) {
                case STARTING -> next == WAITING || next == SERVING || next == STOPPING;
                case WAITING -> next == SERVING || next == STOPPING;
                case SERVING -> next == FAILED || next == STOPPING;
                case FAILED -> next == STOPPING;
                case STOPPING -> false;
            };
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private volatile Phase phase = Phase.STARTING;
    private volatile boolean joined;
    private volatile boolean failed;
    private volatile boolean needed;

    /** Goes on to the phase if that is a legal transition. */
    public synchronized void become(Phase next) {
        if (phase.mayBecome(next)) {
            LOG.info("event=phase from={} to={}", phase, next);
            phase = next;
            failed = failed || next == Phase.FAILED;
        }
    }

    /** Its logs are replayed and all its positions are on the ring. */
    public void joinedRing() {
        joined = true;
    }

    /** Whether some partition would be without a majority if it were stopped. */
    public void isNeeded(boolean now) {
        needed = now;
    }

    public Phase phase() {
        return phase;
    }

    /** A store failed at some time since the start. */
    public boolean hasFailed() {
        return failed;
    }

    /** Requests to this node can succeed. */
    boolean isReady() {
        return phase() == Phase.SERVING;
    }

    /**
     * It has done all that is its own to do: from now on it is readiness and liveness that count. Whether others are there with
     * whom it could serve is not asked, as whoever restarts what does not start would restart it for nothing.
     */
    boolean isStarted() {
        return joined;
    }

    /** Stopping this node takes no partition's majority away. Nothing keeps it from being stopped otherwise. */
    boolean isStoppable() {
        return !needed || phase() != Phase.SERVING;
    }
}
