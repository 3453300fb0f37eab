package io.chordata.node.s3;

import io.vertx.core.Future;

/** The gate of a node that has no objects: each request is answered that it cannot be served here, and why. */
final class Absence implements Gate {
    private final String why;

    Absence(String why) {
        this.why = why;
    }

    @Override
    public Future<S3Answer> answer(S3Operation operation, S3Request request, ContinuingBody body) {
        throw S3Error.SERVICE_UNAVAILABLE.with(why);
    }
}
