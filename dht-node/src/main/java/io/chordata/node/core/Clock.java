package io.chordata.node.core;

/** The port to time. */
public interface Clock {
    /** Milliseconds since 1970 UTC. May jump in either direction: for what clients see, never to measure. */
    long wallMillis();

    /** Nanoseconds from an arbitrary origin, never going back: for durations and deadlines. */
    long monotonicNanos();
}
