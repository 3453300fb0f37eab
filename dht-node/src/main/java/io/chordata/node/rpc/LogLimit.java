package io.chordata.node.rpc;

import java.util.concurrent.atomic.AtomicLong;

/** Lets one line pass in a while, and counts the others. From any thread. */
final class LogLimit {
    private final long quietNanos;
    private final AtomicLong nextNanos;
    private final AtomicLong leftOut = new AtomicLong();

    LogLimit(long quietNanos, long nowNanos) {
        this.quietNanos = quietNanos;
        this.nextNanos = new AtomicLong(nowNanos);
    }

    /** How many lines were left out since the last one, if this one may be written; otherwise negative. */
    long ask(long nowNanos) {
        long next = nextNanos.get();
        if (nowNanos - next < 0 || !nextNanos.compareAndSet(next, nowNanos + quietNanos)) {
            leftOut.incrementAndGet();
            return -1;
        }
        return leftOut.getAndSet(0);
    }
}
