package io.chordata.node.s3;

import io.chordata.node.object.Buckets;
import io.vertx.core.Future;

/** DeleteBucket. */
final class DeleteBucketHandler implements OperationHandler {
    private final Buckets buckets;

    DeleteBucketHandler(Buckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        return buckets.delete(call.request().bucketName()).map(deleted -> S3Answer.of(204));
    }
}
