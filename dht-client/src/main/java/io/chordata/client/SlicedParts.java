package io.chordata.client;

import io.chordata.client.model.Content;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.PartSummary;
import io.chordata.client.model.UploadRequest;
import io.chordata.client.multipart.PartPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parts of bytes that can be read from anywhere: several at a time, in order of their numbers. */
final class SlicedParts implements UploadParts.Sender {
    private final ChordataClient client;
    private final UploadRequest request;
    private final PartPlan plan;
    private final Map<Integer, PartSummary> kept;
    private final Upload upload;
    private final Map<Integer, PartSummary> done = new TreeMap<>();
    private final Promise<List<PartSummary>> result = Promise.promise();
    private int next = 1;
    private int underWay;
    private @Nullable Throwable failure;

    /** @param kept what the endpoint has, of the right lengths */
    SlicedParts(
            ChordataClient client,
            UploadRequest request,
            PartPlan plan,
            Map<Integer, PartSummary> kept,
            Upload upload) {
        this.client = client;
        this.request = request;
        this.plan = plan;
        this.kept = kept;
        this.upload = upload;
    }

    @Override
    public Future<List<PartSummary>> send(MultipartUpload name) {
        sendNext(name);
        return result.future();
    }

    private void sendNext(MultipartUpload name) {
        while (failure == null && underWay < request.parallel() && next <= plan.count()) {
            underWay++;
            send(name, next++);
        }
        if (underWay > 0) {
            return;
        }
        if (failure != null) {
            result.tryFail(failure);
        } else {
            result.tryComplete(List.copyOf(done.values()));
        }
    }

    private void send(MultipartUpload name, int number) {
        Future.succeededFuture().compose(begun -> part(name, number)).onComplete(outcome -> {
            underWay--;
            if (outcome.succeeded()) {
                done.put(number, outcome.result());
                upload.sent(plan.length(number));
            } else if (failure == null) {
                failure = outcome.cause();
            }
            sendNext(name);
        });
    }

    private Future<PartSummary> part(MultipartUpload name, int number) {
        Content slice = request.content().slice(plan.offset(number), plan.length(number));
        return isKept(number, slice)
                .compose(same ->
                        same ? Future.succeededFuture(kept.get(number)) : client.uploadPart(name, number, slice));
    }

    private Future<Boolean> isKept(int number, Content slice) {
        PartSummary part = kept.get(number);
        return part == null
                ? Future.succeededFuture(false)
                : ContentDigest.isSame(client.transport().vertx(), slice, part);
    }
}
