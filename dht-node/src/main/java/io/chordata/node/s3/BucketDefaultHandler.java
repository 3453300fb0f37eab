package io.chordata.node.s3;

import io.chordata.node.object.Buckets;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** A question about a setting of a bucket, answered as S3 answers it for a bucket on which nothing was set. */
final class BucketDefaultHandler implements OperationHandler {
    private final Buckets buckets;
    private final Supplier<S3Answer> answer;

    /** @param answer refuses by throwing */
    BucketDefaultHandler(Buckets buckets, Supplier<S3Answer> answer) {
        this.buckets = buckets;
        this.answer = answer;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        return buckets.find(call.request().bucketName()).map(found -> answer.get());
    }
}
