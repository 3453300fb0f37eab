package io.chordata.node.rpc;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Watches how late the timers of every event loop are. */
final class LoopProbe implements AutoCloseable {
    /** Ten times what is aimed at, as the machine has other things to do, too. */
    static final long LIMIT_MILLIS = 1_000;

    private static final long PERIOD_MILLIS = 5;

    private final Vertx vertx;
    private final AtomicLong worstNanos = new AtomicLong();
    private volatile boolean closed;

    LoopProbe(Vertx vertx) {
        this.vertx = vertx;
        for (int i = 0; i < TestNode.LOOPS; i++) {
            ((VertxInternal) vertx).createEventLoopContext().runOnContext(ignored -> watch(System.nanoTime()));
        }
    }

    private void watch(long armedNanos) {
        vertx.setTimer(PERIOD_MILLIS, fired -> {
            long now = System.nanoTime();
            long late = now - armedNanos - TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
            worstNanos.accumulateAndGet(late, Math::max);
            if (!closed) {
                watch(now);
            }
        });
    }

    long worstMillis() {
        return TimeUnit.NANOSECONDS.toMillis(worstNanos.get());
    }

    @Override
    public void close() {
        closed = true;
    }
}
