package io.chordata.node.partition;

import java.util.concurrent.atomic.AtomicLong;

/** How much may wait at a time, by number and by bytes. From any thread. */
final class QueueBudget {
    private final long maxCount;
    private final long maxBytes;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    QueueBudget(long maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** True if there is room for one more; give it back with {@link #release}. */
    boolean tryAcquire(long size) {
        boolean fits = count.incrementAndGet() <= maxCount & bytes.addAndGet(size) <= maxBytes;
        if (!fits) {
            release(size);
        }
        return fits;
    }

    void release(long size) {
        count.decrementAndGet();
        bytes.addAndGet(-size);
    }

    long count() {
        return count.get();
    }

    long bytes() {
        return bytes.get();
    }
}
