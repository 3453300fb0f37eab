package io.chordata.node.runtime;

import io.chordata.node.core.Clock;

/** The clock of the machine. */
public final class SystemClock implements Clock {
    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
