package io.chordata.node.s3;

import io.chordata.node.object.Objects;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** A question about a setting of an object, answered as S3 answers it for an object on which nothing was set. */
final class ObjectDefaultHandler implements OperationHandler {
    private final Objects objects;
    private final Supplier<S3Answer> answer;

    /** @param answer refuses by throwing */
    ObjectDefaultHandler(Objects objects, Supplier<S3Answer> answer) {
        this.objects = objects;
        this.answer = answer;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        VersionIds.requireCurrent(request);
        return objects.head(request.bucketName(), request.objectKey()).map(found -> answer.get());
    }
}
