package io.chordata.node.block.replica;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Lets so many bytes pass in a second, in the order asked. From any loop; completes on the caller's. */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final Timers timers;
    private final double nanosPerByte;
    private long freeNanos;

    TokenBucket(Clock clock, Timers timers, long bytesPerSecond) {
        this.clock = clock;
        this.timers = timers;
        this.nanosPerByte = NANOS_PER_SECOND / bytesPerSecond;
        this.freeNanos = clock.monotonicNanos();
    }

    Future<Void> take(long bytes) {
        long waitMillis = reserve(bytes) / NANOS_PER_MILLI;
        if (waitMillis < 1) {
            return Future.succeededFuture();
        }
        Promise<Void> passed = Promise.promise();
        timers.once(waitMillis, passed::complete);
        return passed.future();
    }

    /** Of what was taken, so much was not needed. */
    synchronized void giveBack(long bytes) {
        freeNanos -= (long) (bytes * nanosPerByte);
    }

    private synchronized long reserve(long bytes) {
        long now = clock.monotonicNanos();
        long begin = Math.max(now, freeNanos);
        freeNanos = begin + (long) (bytes * nanosPerByte);
        return begin - now;
    }
}
