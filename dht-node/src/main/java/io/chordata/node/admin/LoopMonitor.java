package io.chordata.node.admin;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;

/**
 * Measures how late each event loop comes to its tasks: a timer on each, and what it fires behind its time is what every
 * request waits. A loop that does not tick at all is stuck.
 */
public final class LoopMonitor {
    private static final long TICK_MILLIS = 1_000;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Loops loops;
    private final Timers timers;
    private final Clock clock;
    private final LongConsumer lagNanos;
    private final AtomicLongArray lastTickNanos;
    private volatile boolean stopped;

    /** @param lagNanos is told each measurement, on any loop */
    public LoopMonitor(Loops loops, int loopCount, Timers timers, Clock clock, LongConsumer lagNanos) {
        this.loops = loops;
        this.timers = timers;
        this.clock = clock;
        this.lagNanos = lagNanos;
        this.lastTickNanos = new AtomicLongArray(loopCount);
    }

    public void start() {
        for (int i = 0; i < lastTickNanos.length(); i++) {
            int index = i;
            lastTickNanos.set(index, clock.monotonicNanos());
            Loop loop = loops.ownerOf(new PartitionId(index));
            loop.execute(() -> await(index));
        }
    }

    private void await(int index) {
        if (stopped) {
            return;
        }
        long due = clock.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        timers.once(TICK_MILLIS, () -> tick(index, due));
    }

    private void tick(int index, long due) {
        long now = clock.monotonicNanos();
        lastTickNanos.set(index, now);
        lagNanos.accept(Math.max(0, now - due));
        await(index);
    }

    /** Whether every loop ticked lately. */
    boolean isTicking() {
        long now = clock.monotonicNanos();
        for (int i = 0; i < lastTickNanos.length(); i++) {
            if (now - lastTickNanos.get(i) > STUCK_NANOS) {
                return false;
            }
        }
        return true;
    }

    public void stop() {
        stopped = true;
    }
}
