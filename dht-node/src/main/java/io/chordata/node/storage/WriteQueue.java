package io.chordata.node.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Batches that wait for a writer thread: bounded in number and bytes, taken in groups, in order. */
final class WriteQueue {
    /** What became of an offer. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    private final long bytesMax;
    private final int writesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<PendingWrite> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean closed;

    WriteQueue(long bytesMax, int writesMax) {
        this.bytesMax = bytesMax;
        this.writesMax = writesMax;
    }

    /** A batch larger than the whole queue is taken when it is the only one. */
    Offer offer(PendingWrite write) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (!waiting.isEmpty() && (waiting.size() >= writesMax || waitingBytes + write.bytes() > bytesMax)) {
                return Offer.FULL;
            }
            waiting.add(write);
            waitingBytes += write.bytes();
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for at least one batch, then takes up to {@code groupBytes} of them, at least one; empty when the queue is
     * closed and nothing is left. They count as waiting until {@link #done}.
     */
    List<PendingWrite> takeGroup(long groupBytes) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return headOf(groupBytes);
        } finally {
            lock.unlock();
        }
    }

    private List<PendingWrite> headOf(long groupBytes) {
        List<PendingWrite> group = new ArrayList<>();
        long bytes = 0;
        for (PendingWrite write : waiting) {
            bytes += write.bytes();
            if (!group.isEmpty() && bytes > groupBytes) {
                break;
            }
            group.add(write);
        }
        return group;
    }

    /** Makes room: the group that was taken last is written, or has failed. */
    void done(List<PendingWrite> group) {
        lock.lock();
        try {
            for (PendingWrite write : group) {
                waiting.remove();
                waitingBytes -= write.bytes();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what waits is still handed out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
