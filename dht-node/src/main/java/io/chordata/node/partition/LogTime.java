package io.chordata.node.partition;

import java.util.concurrent.atomic.AtomicLong;

/** The newest log time that any log of this node was ever seen to be stamped with, in milliseconds since 1970. From any thread. */
final class LogTime {
    private final AtomicLong newest = new AtomicLong();

    void onStamped(long timeMillis) {
        if (timeMillis > newest.get()) {
            newest.accumulateAndGet(timeMillis, Math::max);
        }
    }

    long newestMillis() {
        return newest.get();
    }
}
