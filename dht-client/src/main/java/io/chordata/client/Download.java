package io.chordata.client;

import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ObjectInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicLong;

/** A download to a file that is under way. Safe for many threads. */
public final class Download {
    private final Cancellation cancellation = new Cancellation();
    private final Promise<ObjectInfo> result = Promise.promise();
    private final AtomicLong receivedBytes = new AtomicLong();

    Download() {}

    /**
     * Completes once the file is whole and in its place; fails with {@link io.chordata.client.model.ChordataException}
     * alone, once nothing is under way any more.
     */
    public Future<ObjectInfo> result() {
        return result.future();
    }

    /** How many bytes are in the file, those of an earlier try among them. */
    public long receivedBytes() {
        return receivedBytes.get();
    }

    /** The result fails with CANCELLED; what came stays for another try. */
    public void cancel() {
        cancellation.cancel();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Promise<ObjectInfo> promise() {
        return result;
    }

    void received(long bytes) {
        receivedBytes.addAndGet(bytes);
    }
}
