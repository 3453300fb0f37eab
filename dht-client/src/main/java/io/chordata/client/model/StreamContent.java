package io.chordata.client.model;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A stream that can be read once. */
record StreamContent(ReadStream<Buffer> stream, long length) implements Content {
    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public Future<ReadStream<Buffer>> open(Vertx vertx) {
        return Future.succeededFuture(stream);
    }
}
