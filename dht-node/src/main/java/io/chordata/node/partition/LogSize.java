package io.chordata.node.partition;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of the entries that all partitions of the node keep, roughly, and their bound. From any thread. */
final class LogSize {
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    LogSize(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(long change) {
        bytes.addAndGet(change);
    }

    /** True if the logs are to be truncated. */
    boolean isHigh() {
        return bytes.get() > maxBytes;
    }

    /** True if truncation does not keep up: commands must wait for it. */
    boolean isOver() {
        return bytes.get() > 2 * maxBytes;
    }
}
