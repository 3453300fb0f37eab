package io.chordata.node.s3;

import io.chordata.node.object.ByteRange;
import io.chordata.node.object.Objects;
import io.chordata.node.object.Objects.Choice;
import io.vertx.core.Future;

/** HeadObject. */
final class HeadObjectHandler implements OperationHandler {
    private final Objects objects;

    HeadObjectHandler(Objects objects) {
        this.objects = objects;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        ObjectRead read = new ObjectRead(request);
        if (read.part() > 0) {
            return objects.open(request.bucketName(), request.objectKey(), read.part(), found -> nothingOf(read, found))
                    .map(open -> read.head());
        }
        return objects.head(request.bucketName(), request.objectKey()).map(object -> {
            read.choose(new Choice(object, 0, object.size(), null));
            return read.head();
        });
    }

    /** Judges as a GET would, and reads no byte. */
    private static ByteRange nothingOf(ObjectRead read, Choice found) {
        read.choose(found);
        return new ByteRange(0, 0);
    }
}
