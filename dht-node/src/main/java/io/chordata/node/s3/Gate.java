package io.chordata.node.s3;

import io.vertx.core.Future;

/** Where a parsed request gets its answer. */
interface Gate {
    /** @throws S3Exception what refuses it at once */
    Future<S3Answer> answer(S3Operation operation, S3Request request, ContinuingBody body);
}
