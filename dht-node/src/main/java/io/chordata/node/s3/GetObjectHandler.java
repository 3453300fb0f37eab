package io.chordata.node.s3;

import io.chordata.node.object.Objects;
import io.chordata.node.object.OpenObject;
import io.vertx.core.Future;

/** GetObject. */
final class GetObjectHandler implements OperationHandler {
    private final Objects objects;

    GetObjectHandler(Objects objects) {
        this.objects = objects;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        ObjectRead read = new ObjectRead(request);
        return objects.open(request.bucketName(), request.objectKey(), read.part(), read::choose)
                .map(open -> answer(read, open));
    }

    private static S3Answer answer(ObjectRead read, OpenObject open) {
        try {
            S3Answer answer = read.head();
            if (open.inline() != null) {
                answer.body(open.inline());
            } else if (open.stream() != null) {
                answer.body(open.stream(), open.range().length());
            }
            return answer;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }
}
