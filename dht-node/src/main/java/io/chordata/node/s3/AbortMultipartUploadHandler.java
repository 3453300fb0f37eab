package io.chordata.node.s3;

import io.chordata.node.object.Uploads;
import io.vertx.core.Future;

/** AbortMultipartUpload. */
final class AbortMultipartUploadHandler implements OperationHandler {
    private final Uploads uploads;

    AbortMultipartUploadHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        return uploads.abort(call.invocation(), UploadNames.of(call.request())).map(aborted -> S3Answer.of(204));
    }
}
