package io.chordata.client.model;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A run of bytes of a file.
 *
 * @param state of the file when it was first looked at
 */
record FileContent(Path file, FileState state, long offset, long length) implements Content {
    FileContent {
        Objects.checkFromIndexSize(0, length, Long.MAX_VALUE - offset);
    }

    static FileContent of(Path file) {
        try {
            FileState state = FileState.of(file);
            return new FileContent(file, state, 0, state.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    public Content slice(long from, long count) {
        Objects.checkFromIndexSize(from, count, length);
        return new FileContent(file, state, offset + from, count);
    }

    @Override
    public Future<Void> verify(Vertx vertx) {
        return vertx.executeBlocking(
                        () -> {
                            state.requireSame(file);
                            return state;
                        },
                        false)
                .mapEmpty();
    }

    @Override
    public Future<ReadStream<Buffer>> open(Vertx vertx) {
        return Future.succeededFuture(new WorkerReads(vertx, new FileReads(file, offset, length)));
    }
}
