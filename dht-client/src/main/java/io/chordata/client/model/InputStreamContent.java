package io.chordata.client.model;

import io.chordata.client.checksum.BufferBytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of Java's, read once, on threads that may wait. */
record InputStreamContent(InputStream stream, long length) implements Content {
    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public Future<ReadStream<Buffer>> open(Vertx vertx) {
        return Future.succeededFuture(new WorkerReads(vertx, new Reads(stream)));
    }

    private record Reads(InputStream stream) implements WorkerReads.Source {
        private static final int PIECE_BYTES = 128 << 10;

        @Override
        public Buffer read() throws IOException {
            byte[] bytes = stream.readNBytes(PIECE_BYTES);
            return BufferBytes.wrap(bytes, bytes.length);
        }

        /** The stream is its owner's. */
        @Override
        public void close() {}
    }
}
