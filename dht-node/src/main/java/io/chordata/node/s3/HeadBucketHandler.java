package io.chordata.node.s3;

import io.chordata.node.object.Buckets;
import io.vertx.core.Future;

/** HeadBucket. */
final class HeadBucketHandler implements OperationHandler {
    private final Buckets buckets;
    private final String region;

    HeadBucketHandler(Buckets buckets, String region) {
        this.buckets = buckets;
        this.region = region;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        return buckets.find(call.request().bucketName())
                .map(found -> S3Answer.of(200).header("x-amz-bucket-region", region));
    }
}
