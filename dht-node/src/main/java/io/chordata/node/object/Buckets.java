package io.chordata.node.object;

import io.vertx.core.Future;
import java.util.List;

/**
 * Creates, finds and deletes buckets. Each step of a create or delete that was cut short is finished by whoever meets
 * the bucket's record next. Futures fail with {@link ObjectException}.
 */
public final class Buckets {
    /** Fails with INVALID_BUCKET_NAME or BUCKET_ALREADY_OWNED. */
    public Future<Bucket> create(String name) {
        throw new UnsupportedOperationException();
    }

    /** Fails with NO_SUCH_BUCKET. */
    public Future<Bucket> find(String name) {
        throw new UnsupportedOperationException();
    }

    /** Fails with NO_SUCH_BUCKET or BUCKET_NOT_EMPTY (open uploads do not count, as at S3: they go with the bucket). */
    public Future<Void> delete(String name) {
        throw new UnsupportedOperationException();
    }

    /** All buckets, by name. */
    public Future<List<Bucket>> list() {
        throw new UnsupportedOperationException();
    }
}
