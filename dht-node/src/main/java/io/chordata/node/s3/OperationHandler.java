package io.chordata.node.s3;

import io.vertx.core.Future;

/** Handles one operation of S3. Shared by all event loops. */
@FunctionalInterface
interface OperationHandler {
    /** Refuses by throwing, or by a failed future, with what {@link ErrorTable} knows. */
    Future<S3Answer> handle(S3Call call);
}
