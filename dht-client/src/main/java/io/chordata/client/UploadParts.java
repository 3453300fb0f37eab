package io.chordata.client;

import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.PartSummary;
import io.chordata.client.model.PutObjectRequest;
import io.chordata.client.model.StoredObject;
import io.chordata.client.model.UploadRequest;
import io.chordata.client.multipart.PartPlan;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries out one {@link Upload}: begins it or finds what there is of it, has the parts sent, and ends it
 * when no part is under way any more. Belongs to one event loop.
 */
final class UploadParts {
    private final ChordataClient client;
    private final Cancellation callers;
    private final UploadRequest request;
    private final Upload upload;

    /** Sends parts of one kind of content and says which the endpoint has in the end. */
    interface Sender {
        /** Completes when none is under way any more. */
        Future<List<PartSummary>> send(MultipartUpload name);
    }

    UploadParts(ChordataClient client, UploadRequest request, Upload upload) {
        this.client = client.withCancellation(upload.cancellation());
        this.callers = client.cancellation();
        this.request = request;
        this.upload = upload;
    }

    void run() {
        Runnable onCancel = upload::cancel;
        if (!callers.listen(onCancel)) {
            upload.cancel();
        }
        upload.result().onComplete(done -> callers.forget(onCancel));
        Future.succeededFuture()
                .compose(begun -> outcome())
                .recover(failure -> Future.failedFuture(shown(failure)))
                .onComplete(upload.promise());
    }

    private Future<StoredObject> outcome() {
        Content content = request.content();
        if (request.uploadId() == null && content.length() >= 0 && content.length() <= request.partBytes()) {
            return putWhole(content);
        }
        if (content.isSliceable() && content.length() >= 0) {
            PartPlan plan = PartPlan.of(content.length(), request.partBytes());
            return begin().compose(name -> kept(name, plan)
                    .compose(kept -> finish(name, new SlicedParts(client, request, plan, kept, upload))));
        }
        return StreamedParts.open(client, request, upload)
                .compose(stream -> stream.whole() == null
                        ? begin().compose(name -> finish(name, stream)).onFailure(failure -> stream.stop())
                        : putWhole(stream.whole()));
    }

    private Future<StoredObject> putWhole(Content content) {
        return client.putObject(new PutObjectRequest(
                        request.bucket(), request.key(), content, request.metadata(), request.conditions()))
                .onSuccess(stored -> upload.sent(content.length()));
    }

    private Future<MultipartUpload> begin() {
        String id = request.uploadId();
        Future<MultipartUpload> name = id == null
                ? client.createMultipartUpload(request.bucket(), request.key(), request.metadata())
                : Future.succeededFuture(new MultipartUpload(request.bucket(), request.key(), id));
        return name.onSuccess(begun -> upload.begunAs(begun.uploadId()));
    }

    /** The parts of an earlier try that are as long as they should be; whether they are the same bytes is seen later. */
    private Future<Map<Integer, PartSummary>> kept(MultipartUpload name, PartPlan plan) {
        if (request.uploadId() == null) {
            return Future.succeededFuture(Map.of());
        }
        return client.listParts(name).map(parts -> {
            Map<Integer, PartSummary> kept = new TreeMap<>();
            for (PartSummary part : parts) {
                if (part.number() <= plan.count() && part.size() == plan.length(part.number())) {
                    kept.put(part.number(), part);
                }
            }
            return kept;
        });
    }

    private Future<StoredObject> finish(MultipartUpload name, Sender sender) {
        UploadEnd end = new UploadEnd(client, name, request.keepOnFailure());
        return sender.send(name)
                .recover(end::failAfterAbort)
                .compose(parts -> verify(end).map(parts))
                .compose(parts -> end.complete(parts, request.conditions()));
    }

    /** What is a mixture is of no use to another try. */
    private Future<Void> verify(UploadEnd end) {
        return Future.succeededFuture()
                .compose(sent -> request.content().verify(client.transport().vertx()))
                .recover(failure -> end.abort().compose(tidy -> Future.failedFuture(failure)));
    }

    /** What is no failure of a call is one of the content, which anybody can write. */
    private static ChordataException shown(Throwable failure) {
        return failure instanceof ChordataException shown
                ? shown
                : ChordataException.of(ChordataException.CONTENT_FAILED, String.valueOf(failure), failure);
    }
}
