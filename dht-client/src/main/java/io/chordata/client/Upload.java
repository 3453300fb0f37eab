package io.chordata.client;

import io.chordata.client.model.Cancellation;
import io.chordata.client.model.StoredObject;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An upload that is under way, in parts or in one piece. Safe for many threads. */
public final class Upload {
    private final Cancellation cancellation = new Cancellation();
    private final Promise<StoredObject> result = Promise.promise();
    private final AtomicLong sentBytes = new AtomicLong();
    private volatile @Nullable String uploadId;

    Upload() {}

    /** Fails with {@link io.chordata.client.model.ChordataException} alone, once nothing is under way any more. */
    public Future<StoredObject> result() {
        return result.future();
    }

    /** By which another try goes on with it; empty while, and if, it is not in parts. */
    public Optional<String> uploadId() {
        return Optional.ofNullable(uploadId);
    }

    /** How many bytes the endpoint has acknowledged, kept parts of an earlier try among them. */
    public long sentBytes() {
        return sentBytes.get();
    }

    /**
     * The result fails with CANCELLED if it is not there yet, even while a stream to send is silent; what was sent is
     * aborted, or kept, as after any failure.
     */
    public void cancel() {
        cancellation.cancel();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Promise<StoredObject> promise() {
        return result;
    }

    void begunAs(String id) {
        uploadId = id;
    }

    void sent(long bytes) {
        sentBytes.addAndGet(bytes);
    }
}
