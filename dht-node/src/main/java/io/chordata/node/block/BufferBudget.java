package io.chordata.node.block;

import io.chordata.node.core.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes that all bodies of the process share. Whoever must wait is served in the order of asking, whatever
 * the size, so nobody starves. Used from all loops.
 *
 * <p>Who holds bytes that it has no use for now may lend them. While somebody waits, lenders are asked to give back, those
 * that lent first before the others, each once the one before has answered by a {@link #release}.
 */
public final class BufferBudget {
    private final Map<Future<Void>, Waiter> waiters = new LinkedHashMap<>();
    private final Set<Lender> lenders = new LinkedHashSet<>();
    private final long total;
    private long free;

    private record Waiter(long bytes, Loop loop, Promise<Void> promise) {}

    /** Holds bytes that it could do without. */
    interface Lender {
        /** Called on any thread, once for each {@link #lend}: to be answered by a release, if only of nothing. */
        void recall();
    }

    public BufferBudget(long bytes) {
        total = bytes;
        free = bytes;
    }

    /** Takes the bytes if three quarters of the budget stay free and nobody waits. */
    synchronized boolean tryAcquireOfPlenty(long bytes) {
        return free - bytes >= total / 4 * 3 && tryAcquire(bytes);
    }

    /** Takes the bytes if they are there and nobody waits. */
    public synchronized boolean tryAcquire(long bytes) {
        if (!waiters.isEmpty() || bytes > free) {
            return false;
        }
        free -= bytes;
        return true;
    }

    /** Takes the bytes, at most the whole budget, when it is the caller's turn; completes on {@code loop}. */
    public Future<Void> acquire(long bytes, Loop loop) {
        Promise<Void> promise = Promise.promise();
        Lender recalled;
        synchronized (this) {
            if (tryAcquire(bytes)) {
                return Future.succeededFuture();
            }
            waiters.put(promise.future(), new Waiter(bytes, loop, promise));
            recalled = nextLender();
        }
        recall(recalled);
        return promise.future();
    }

    /**
     * Waits no longer for what {@link #acquire} gave, which never completes then. False if it was granted meanwhile: it completes
     * soon, and the bytes are to be released.
     */
    public boolean withdraw(Future<Void> acquired) {
        synchronized (this) {
            if (waiters.remove(acquired) == null) {
                return false;
            }
        }
        release(0);
        return true;
    }

    /** How many wait. */
    public synchronized int waiting() {
        return waiters.size();
    }

    /** The lender may be asked to give back until {@link #withdraw}. */
    void lend(Lender lender) {
        Lender recalled;
        synchronized (this) {
            lenders.add(lender);
            recalled = waiters.isEmpty() ? null : nextLender();
        }
        recall(recalled);
    }

    synchronized void withdraw(Lender lender) {
        lenders.remove(lender);
    }

    public void release(long bytes) {
        Queue<Waiter> served = new ArrayDeque<>();
        Lender recalled;
        synchronized (this) {
            free += bytes;
            Iterator<Waiter> oldest = waiters.values().iterator();
            for (Waiter next = next(oldest); next != null && next.bytes <= free; next = next(oldest)) {
                free -= next.bytes;
                oldest.remove();
                served.add(next);
            }
            recalled = waiters.isEmpty() ? null : nextLender();
        }
        recall(recalled);
        served.forEach(waiter -> waiter.loop.execute(waiter.promise::complete));
    }

    private static @Nullable Waiter next(Iterator<Waiter> waiters) {
        return waiters.hasNext() ? waiters.next() : null;
    }

    private @Nullable Lender nextLender() {
        Iterator<Lender> oldest = lenders.iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        Lender lender = oldest.next();
        oldest.remove();
        return lender;
    }

    private static void recall(@Nullable Lender lender) {
        if (lender != null) {
            lender.recall();
        }
    }

    synchronized long freeBytes() {
        return free;
    }
}
