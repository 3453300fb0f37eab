package io.chordata.node.sim;

import io.chordata.node.core.Clock;

/** Simulated time, with a wall clock that can be set wrong. */
public final class SimClock implements Clock {
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SimScheduler scheduler;
    private long offsetMillis;

    public SimClock(SimScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Sets the wall clock forward, or back if negative. */
    public void jump(long millis) {
        offsetMillis += millis;
    }

    /** Sets it right. */
    public void mend() {
        offsetMillis = 0;
    }

    @Override
    public long wallMillis() {
        return START_MILLIS + offsetMillis + scheduler.nowNanos() / NANOS_PER_MILLI;
    }

    @Override
    public long monotonicNanos() {
        return scheduler.nowNanos();
    }
}
