package io.chordata.node.s3;

import io.chordata.node.object.EventualReads;
import io.chordata.node.object.ObjectException;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operations that any replica may answer if the client says so: it then also learns how old the answer may be. Operations that
 * are not among them answer as ever.
 */
final class EventualHandlers {
    static final String HEADER = "x-chordata-consistency";
    static final String AGE_HEADER = "x-chordata-age-millis";

    private static final String EVENTUAL = "eventual";

    private final Supplier<EventualReads> reads;
    private final Map<S3Operation, Function<EventualReads, OperationHandler>> all = new EnumMap<>(S3Operation.class);

    EventualHandlers(Supplier<EventualReads> reads, String region) {
        this.reads = reads;
        all.put(S3Operation.LIST_BUCKETS, now -> new ListBucketsHandler(now.buckets(), region));
        all.put(S3Operation.HEAD_BUCKET, now -> new HeadBucketHandler(now.buckets(), region));
        all.put(S3Operation.GET_OBJECT, now -> new GetObjectHandler(now.objects()));
        all.put(S3Operation.HEAD_OBJECT, now -> new HeadObjectHandler(now.objects()));
        all.put(S3Operation.GET_OBJECT_ATTRIBUTES, now -> new GetObjectAttributesHandler(now.objects()));
        all.put(S3Operation.LIST_OBJECTS, now -> new ListObjectsHandler(now.listings()));
        all.put(S3Operation.LIST_OBJECTS_V2, now -> new ListObjectsV2Handler(now.listings()));
        all.put(S3Operation.LIST_OBJECT_VERSIONS, now -> new ListObjectVersionsHandler(now.listings()));
    }

    /**
     * For a request that wants an eventual answer; null if it is to be answered as ever.
     *
     * @throws S3Exception INVALID_ARGUMENT if it wants what there is not
     */
    @Nullable
    OperationHandler of(S3Operation operation, S3Request request) {
        String consistency = request.header(HEADER);
        if (consistency == null) {
            return null;
        }
        if (!consistency.equals(EVENTUAL) || request.headers().getAll(HEADER).size() > 1) {
            throw S3Error.INVALID_ARGUMENT
                    .with("The header " + HEADER + " can only be " + EVENTUAL + ".")
                    .detail("ArgumentName", HEADER)
                    .detail("ArgumentValue", consistency);
        }
        Function<EventualReads, OperationHandler> handler = all.get(operation);
        return handler == null ? null : call -> answer(handler, call);
    }

    private Future<S3Answer> answer(Function<EventualReads, OperationHandler> handler, S3Call call) {
        EventualReads now = reads.get();
        return handler.apply(now)
                .handle(call)
                .map(answer -> answer.header(AGE_HEADER, Long.toString(now.ageMillis())))
                .recover(failure -> Future.failedFuture(withAge(failure, now)));
    }

    /** That something is not there may be old, too. */
    private static Throwable withAge(Throwable failure, EventualReads now) {
        if (!(failure instanceof ObjectException) && !(failure instanceof S3Exception)) {
            return failure;
        }
        S3Exception refusal = ErrorTable.of(failure);
        return refusal.error().isOurs() ? failure : refusal.header(AGE_HEADER, Long.toString(now.ageMillis()));
    }
}
