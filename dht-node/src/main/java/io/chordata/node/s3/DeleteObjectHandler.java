package io.chordata.node.s3;

import io.chordata.node.object.Objects;
import io.vertx.core.Future;

/** DeleteObject. A key that is not there is no error, unless If-Match asks for one. */
final class DeleteObjectHandler implements OperationHandler {
    private final Objects objects;

    DeleteObjectHandler(Objects objects) {
        this.objects = objects;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        VersionIds.requireCurrent(request);
        return objects.delete(
                        call.invocation(), request.bucketName(), request.objectKey(), WriteHeaders.conditions(request))
                .map(deleted -> S3Answer.of(204));
    }
}
