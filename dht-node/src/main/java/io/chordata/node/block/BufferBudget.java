package io.chordata.node.block;

import io.chordata.node.core.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A number of bytes that all bodies of the process share. Whoever must wait is served in the order of asking, whatever
 * the size, so nobody starves. Used from all loops.
 */
final class BufferBudget {
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    private long free;

    private record Waiter(long bytes, Loop loop, Promise<Void> promise) {}

    BufferBudget(long bytes) {
        free = bytes;
    }

    /** Takes the bytes if they are there and nobody waits. */
    synchronized boolean tryAcquire(long bytes) {
        if (!waiters.isEmpty() || bytes > free) {
            return false;
        }
        free -= bytes;
        return true;
    }

    /** Takes the bytes, at most the whole budget, when it is the caller's turn; completes on {@code loop}. */
    synchronized Future<Void> acquire(long bytes, Loop loop) {
        if (tryAcquire(bytes)) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        waiters.add(new Waiter(bytes, loop, promise));
        return promise.future();
    }

    void release(long bytes) {
        Queue<Waiter> served = new ArrayDeque<>();
        synchronized (this) {
            free += bytes;
            while (!waiters.isEmpty() && waiters.element().bytes <= free) {
                free -= waiters.element().bytes;
                served.add(waiters.remove());
            }
        }
        served.forEach(waiter -> waiter.loop.execute(waiter.promise::complete));
    }

    synchronized long freeBytes() {
        return free;
    }
}
