package io.chordata.client;

import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.PartSummary;
import io.chordata.client.model.StoredObject;
import io.chordata.client.multipart.UploadETag;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** How an upload in parts ends: completed, which is found out where the answer was lost, or aborted. */
final class UploadEnd {
    private final ChordataClient client;
    private final MultipartUpload upload;
    private final boolean keepOnFailure;

    /** @param client whose cancellation, or close, ends a completion, but no abort */
    UploadEnd(ChordataClient client, MultipartUpload upload, boolean keepOnFailure) {
        this.client = client;
        this.upload = upload;
        this.keepOnFailure = keepOnFailure;
    }

    /** An upload that may have been completed is left alone after a failure. */
    Future<StoredObject> complete(List<PartSummary> parts, Conditions conditions) {
        return client.completeMultipartUpload(upload, parts, conditions)
                .recover(failure -> perhapsCompleted(parts, failure))
                .recover(failure -> isInDoubt(failure) ? Future.failedFuture(failure) : failAfterAbort(failure));
    }

    /** "No such upload" to a repeated request can mean that the first one was heard. */
    private Future<StoredObject> perhapsCompleted(List<PartSummary> parts, Throwable failure) {
        Optional<String> eTag =
                UploadETag.of(parts.stream().map(PartSummary::eTag).toList());
        boolean inDoubt = failure instanceof ChordataException shown
                && shown.code().equals("NoSuchUpload")
                && shown.isOutcomeUnknown();
        if (!inDoubt || eTag.isEmpty()) {
            return Future.failedFuture(failure);
        }
        return client.headObject(upload.bucket(), upload.key(), Conditions.NONE)
                .compose(
                        info -> info.eTag().equals(eTag.get())
                                ? Future.succeededFuture(
                                        new StoredObject(info.bucket(), info.key(), info.eTag(), info.versionId()))
                                : Future.failedFuture(failure),
                        other -> Future.failedFuture(failure));
    }

    private static boolean isInDoubt(Throwable failure) {
        return failure instanceof ChordataException shown
                && shown.isOutcomeUnknown()
                && !shown.code().equals(ChordataException.CANCELLED);
    }

    /** Aborts it unless it is kept for another try. */
    <T> Future<T> failAfterAbort(Throwable failure) {
        Future<Void> tidy = keepOnFailure ? Future.succeededFuture() : abort();
        return tidy.compose(done -> Future.failedFuture(failure));
    }

    /** An upload whose abort fails stays for the lifecycle rules. */
    Future<Void> abort() {
        return client.abortAtLast(upload).otherwiseEmpty();
    }
}
