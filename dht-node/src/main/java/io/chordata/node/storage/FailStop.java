package io.chordata.node.storage;

import io.chordata.node.core.StoreFailedException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the first failure of a store for ever. After a failed sync nobody knows what the disk holds: the kernel may
 * have dropped the dirty pages and report success the next time (Rebello et al., "Can Applications Recover from fsync
 * Failures?", USENIX ATC 2020). So nothing is tried again.
 */
final class FailStop {
    private static final Logger LOG = LoggerFactory.getLogger(FailStop.class);

    private final AtomicReference<@Nullable StoreFailedException> failure = new AtomicReference<>();
    private final RecordStoreObserver observer;

    FailStop(RecordStoreObserver observer) {
        this.observer = observer;
    }

    @Nullable
    StoreFailedException failure() {
        return failure.get();
    }

    /** Throws if the store has failed. */
    void check() {
        StoreFailedException known = failure.get();
        if (known != null) {
            throw known;
        }
    }

    /** Returns the first failure, which may be an earlier one. */
    StoreFailedException fail(String message, Throwable cause) {
        return remember(new StoreFailedException(message, cause));
    }

    StoreFailedException fail(String message) {
        return remember(new StoreFailedException(message));
    }

    private StoreFailedException remember(StoreFailedException candidate) {
        StoreFailedException earlier = failure.compareAndExchange(null, candidate);
        if (earlier != null) {
            return earlier;
        }
        LOG.error("event=record-store-failed", candidate);
        observer.failed();
        return candidate;
    }
}
