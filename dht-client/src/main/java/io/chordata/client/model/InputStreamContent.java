package io.chordata.client.model;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.InputStream;

/** A stream of Java's, read once, on threads that may wait. */
record InputStreamContent(InputStream stream, long length) implements Content {
    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public Future<ReadStream<Buffer>> open(Vertx vertx) {
        return Future.succeededFuture(new InputStreamReads(vertx, stream));
    }
}
