package io.chordata.node.rpc;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Watches how late the timers of every event loop are, and for how long the loop itself was at work meanwhile. */
public final class LoopProbe implements AutoCloseable {
    /** Ten times what is aimed at, as the machine has other things to do, too. */
    public static final long LIMIT_MILLIS = 1_000;

    private static final long PERIOD_MILLIS = 5;

    private final Vertx vertx;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final AtomicLong worstNanos = new AtomicLong();
    private final AtomicLong busiestNanos = new AtomicLong();
    private volatile boolean closed;

    /** @param loops how many there are */
    public LoopProbe(Vertx vertx, int loops) {
        this.vertx = vertx;
        for (int i = 0; i < loops; i++) {
            ((VertxInternal) vertx).createEventLoopContext().runOnContext(ignored -> watch(System.nanoTime()));
        }
    }

    private void watch(long armedNanos) {
        long workedNanos = threads.getCurrentThreadCpuTime();
        vertx.setTimer(PERIOD_MILLIS, fired -> {
            long now = System.nanoTime();
            long late = now - armedNanos - TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
            worstNanos.accumulateAndGet(late, Math::max);
            busiestNanos.accumulateAndGet(threads.getCurrentThreadCpuTime() - workedNanos, Math::max);
            if (!closed) {
                watch(now);
            }
        });
    }

    public long worstMillis() {
        return TimeUnit.NANOSECONDS.toMillis(worstNanos.get());
    }

    /** The longest that a loop worked between two timers: what the machine did for others does not count. */
    public long busiestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(busiestNanos.get());
    }

    @Override
    public void close() {
        closed = true;
    }
}
