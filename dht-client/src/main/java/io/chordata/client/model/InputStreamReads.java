package io.chordata.client.model;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a stream of Java's piece by piece on a worker thread, and hands the pieces out on the loop that opened it. */
final class InputStreamReads implements ReadStream<Buffer> {
    private static final int PIECE_BYTES = 128 << 10;

    private final Context loop;
    private final InputStream stream;
    private long demand;
    private boolean reading;
    private boolean ended;
    private @Nullable Buffer held;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    InputStreamReads(Vertx vertx, InputStream stream) {
        this.loop = vertx.getOrCreateContext();
        this.stream = stream;
    }

    @Override
    public InputStreamReads exceptionHandler(@Nullable Handler<Throwable> value) {
        exceptionHandler = value;
        return this;
    }

    @Override
    public InputStreamReads handler(@Nullable Handler<Buffer> value) {
        handler = value;
        return this;
    }

    @Override
    public InputStreamReads endHandler(@Nullable Handler<Void> value) {
        endHandler = value;
        return this;
    }

    @Override
    public InputStreamReads pause() {
        demand = 0;
        return this;
    }

    @Override
    public InputStreamReads resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public InputStreamReads fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        loop.runOnContext(now -> read());
        return this;
    }

    private void read() {
        if (reading || ended || demand == 0) {
            return;
        }
        Buffer before = held;
        if (before != null) {
            held = null;
            emit(before);
            return;
        }
        reading = true;
        loop.<Buffer>executeBlocking(() -> Buffer.buffer(stream.readNBytes(PIECE_BYTES)), false)
                .onComplete(this::emit, this::fail);
    }

    private void emit(Buffer piece) {
        reading = false;
        if (piece.length() == 0) {
            ended = true;
            if (endHandler != null) {
                endHandler.handle(null);
            }
        } else if (demand == 0) {
            held = piece; // paused while it was read
        } else {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            if (handler != null) {
                handler.handle(piece);
            }
            read();
        }
    }

    private void fail(Throwable failure) {
        reading = false;
        ended = true;
        if (exceptionHandler != null) {
            exceptionHandler.handle(failure);
        }
    }
}
