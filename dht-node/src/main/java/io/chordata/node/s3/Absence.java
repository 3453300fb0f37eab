package io.chordata.node.s3;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** The gate of a node that has no objects: each request is answered that it cannot be served here, and where to go. */
final class Absence implements Gate {
    /** Longer than where a node is busy: waiting alone does not help here. */
    private static final int RETRY_AFTER_SECONDS = 30;

    private final Supplier<String> why;

    Absence(Supplier<String> why) {
        this.why = why;
    }

    @Override
    public Future<S3Answer> answer(S3Operation operation, S3Request request, ContinuingBody body) {
        throw S3Error.SERVICE_UNAVAILABLE
                .with(why.get())
                .header(S3Exception.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
    }
}
