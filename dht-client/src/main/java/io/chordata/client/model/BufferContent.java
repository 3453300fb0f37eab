package io.chordata.client.model;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** Bytes in memory. They must not change until the request is done. */
public record BufferContent(Buffer bytes) implements Content {
    @Override
    public long length() {
        return bytes.length();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isSliceable() {
        return true;
    }

    @Override
    public Content slice(long offset, long length) {
        return new BufferContent(bytes.slice(Math.toIntExact(offset), Math.toIntExact(offset + length)));
    }

    @Override
    public Future<ReadStream<Buffer>> open(Vertx vertx) {
        return Future.succeededFuture(new BufferStream(bytes));
    }
}
