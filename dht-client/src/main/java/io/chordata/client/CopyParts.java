package io.chordata.client;

import io.chordata.client.model.ByteRange;
import io.chordata.client.model.ChordataException;
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

/**
 * A copy of an object of any size within the endpoint, range after range of one ETag; an empty one has no range, and is
 * copied in one piece. Belongs to one event loop.
 */
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
                .compose(source -> source.size() == 0 ? client.copyObject(unchanged(source)) : inParts(source));
    }

    private CopyObjectRequest unchanged(ObjectInfo source) {
        return copy.withSourceConditions(Conditions.ifMatch(source.eTag()));
    }

    private Future<StoredObject> inParts(ObjectInfo source) {
        PartPlan plan = plan(source);
        return client.createMultipartUpload(copy.bucket(), copy.key(), metadata(source))
                .compose(upload -> {
                    UploadEnd end = new UploadEnd(client, upload, false);
                    goOn(source, upload, plan);
                    return parts.future()
                            .recover(end::failAfterAbort)
                            .compose(all -> end.complete(all, copy.conditions()));
                });
    }

    private PartPlan plan(ObjectInfo source) {
        try {
            return PartPlan.of(source.size(), partBytes);
        } catch (IllegalArgumentException e) {
            throw ChordataException.builder(
                            ChordataException.MALFORMED_ANSWER, "no object has " + source.size() + " bytes")
                    .resource('/' + source.bucket() + '/' + source.key())
                    .cause(e)
                    .build();
        }
    }

    private ObjectMetadata metadata(ObjectInfo source) {
        ObjectMetadata own = copy.metadata();
        return own == null ? source.metadata() : own;
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
        client.uploadPartCopy(upload, number, unchanged(source), range).onComplete(outcome -> {
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
