package io.chordata.client;

import io.chordata.client.model.ByteRange;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.CopyObjectRequest;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.model.ObjectMetadata;
import io.chordata.client.model.PartSummary;
import io.chordata.client.model.StoredObject;
import io.chordata.client.multipart.PartPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A copy of an object of any size within the endpoint, range after range of one ETag. Belongs to one event loop. */
final class CopyParts {
    private static final int PARALLEL = 4;

    private final ChordataClient client;
    private final CopyObjectRequest copy;
    private final long partBytes;
    private final Map<Integer, PartSummary> done = new TreeMap<>();
    private final Promise<List<PartSummary>> parts = Promise.promise();
    private int next = 1;
    private int underWay;
    private @Nullable Throwable failure;

    CopyParts(ChordataClient client, CopyObjectRequest copy, long partBytes) {
        this.client = client;
        this.copy = copy;
        this.partBytes = partBytes;
    }

    Future<StoredObject> run() {
        return client.headObject(copy.sourceBucket(), copy.sourceKey(), copy.sourceConditions())
                .compose(info -> client.createMultipartUpload(copy.bucket(), copy.key(), metadata(info))
                        .compose(upload -> copy(info, upload)));
    }

    private ObjectMetadata metadata(ObjectInfo source) {
        ObjectMetadata own = copy.metadata();
        return own == null ? source.metadata() : own;
    }

    private Future<StoredObject> copy(ObjectInfo source, MultipartUpload upload) {
        PartPlan plan = PartPlan.of(source.size(), partBytes);
        goOn(source, upload, plan);
        return parts.future()
                .compose(all -> client.completeMultipartUpload(upload, all, copy.conditions()))
                .recover(cause -> client.abortMultipartUpload(upload)
                        .otherwiseEmpty()
                        .compose(gone -> Future.failedFuture(cause)));
    }

    private void goOn(ObjectInfo source, MultipartUpload upload, PartPlan plan) {
        while (failure == null && underWay < PARALLEL && next <= plan.count()) {
            underWay++;
            copy(source, upload, plan, next++);
        }
        if (underWay > 0) {
            return;
        }
        if (failure != null) {
            parts.tryFail(failure);
        } else {
            parts.tryComplete(List.copyOf(done.values()));
        }
    }

    private void copy(ObjectInfo source, MultipartUpload upload, PartPlan plan, int number) {
        ByteRange range = ByteRange.of(plan.offset(number), plan.length(number));
        CopyObjectRequest unchanged = copy.withSourceConditions(Conditions.ifMatch(source.eTag()));
        client.uploadPartCopy(upload, number, unchanged, range).onComplete(outcome -> {
            underWay--;
            if (outcome.succeeded()) {
                done.put(number, outcome.result());
            } else if (failure == null) {
                failure = outcome.cause();
            }
            goOn(source, upload, plan);
        });
    }
}
