package io.chordata.node.core;

/** The port to "later". Handlers run on the caller's own event loop. */
public interface Timers {
    /** Runs {@code handler} once, {@code delayMillis} (at least 1) from now. */
    Timer once(long delayMillis, Runnable handler);

    /** A pending call. */
    interface Timer {
        /** Without effect when it has already run. */
        void cancel();
    }
}
