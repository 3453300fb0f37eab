package io.chordata.node.s3;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.object.StoredPart;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.Uploads.UploadInfo;
import io.chordata.node.object.Uploads.UploadName;
import io.chordata.node.s3.auth.SignedPayload;
import io.vertx.core.Future;

/** UploadPart. A part gets the checksum that its upload was created with, whether the client sends one or not. */
final class UploadPartHandler implements OperationHandler {
    private final Uploads uploads;

    UploadPartHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        UploadName upload = UploadNames.of(call.request());
        int number = UploadNames.partNumber(call.request());
        return uploads.find(upload)
                .compose(info -> put(call, upload, number, info))
                .map(UploadPartHandler::answer);
    }

    private Future<StoredPart> put(S3Call call, UploadName upload, int number, UploadInfo info) {
        SignedPayload payload = call.body().payload(info.checksum());
        ChecksumAlgorithm kept = payload.keptChecksum();
        if (info.checksum() != null && kept != info.checksum()) {
            throw S3Error.INVALID_REQUEST.with("Checksum Type mismatch occurred, expected checksum Type: "
                    + info.checksum().name() + ", actual checksum Type: " + kept);
        }
        return uploads.putPart(call.invocation(), upload, number, kept, payload);
    }

    private static S3Answer answer(StoredPart part) {
        S3Answer answer = S3Answer.of(200).header("ETag", ETags.quoted(part.eTag()));
        Checksums.putHeaders(answer, part.checksum(), 0);
        return answer;
    }
}
