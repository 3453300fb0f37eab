package io.chordata.node.s3;

import io.chordata.node.object.Objects;
import io.chordata.node.object.Objects.PutRequest;
import io.chordata.node.object.StoredObject;
import io.chordata.node.s3.auth.SignedPayload;
import io.vertx.core.Future;

/** PutObject. */
final class PutObjectHandler implements OperationHandler {
    private final Objects objects;

    PutObjectHandler(Objects objects) {
        this.objects = objects;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        S3Request request = call.request();
        SignedPayload payload = call.body().payload(null);
        PutRequest put = new PutRequest(
                request.bucketName(),
                request.objectKey(),
                WriteHeaders.metadata(request),
                WriteHeaders.conditions(request),
                payload.keptChecksum());
        return objects.put(call.invocation(), put, payload).map(PutObjectHandler::answer);
    }

    private static S3Answer answer(StoredObject stored) {
        S3Answer answer = S3Answer.of(200).header("ETag", ETags.quoted(stored.eTag()));
        Checksums.putHeaders(answer, stored.checksum(), 0);
        return answer;
    }
}
