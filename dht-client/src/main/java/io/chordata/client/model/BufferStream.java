package io.chordata.client.model;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes in memory as a stream of pieces, paused at first, so that a slow connection shows that it gets on. For one thread. */
final class BufferStream implements ReadStream<Buffer> {
    private static final int PIECE_BYTES = 128 << 10;

    private final Buffer bytes;
    private int at;
    private long demand;
    private boolean emitting;
    private boolean ended;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;

    BufferStream(Buffer bytes) {
        this.bytes = bytes;
    }

    @Override
    public BufferStream exceptionHandler(@Nullable Handler<Throwable> value) {
        return this;
    }

    @Override
    public BufferStream handler(@Nullable Handler<Buffer> value) {
        handler = value;
        return this;
    }

    @Override
    public BufferStream endHandler(@Nullable Handler<Void> value) {
        endHandler = value;
        return this;
    }

    @Override
    public BufferStream pause() {
        demand = 0;
        return this;
    }

    @Override
    public BufferStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public BufferStream fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        if (!emitting) {
            emitting = true;
            emit();
            emitting = false;
        }
        return this;
    }

    private void emit() {
        while (demand > 0 && at < bytes.length()) {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            Buffer piece = bytes.slice(at, Math.min(bytes.length(), at + PIECE_BYTES));
            at += piece.length();
            Objects.requireNonNull(handler).handle(piece);
        }
        if (demand > 0 && at == bytes.length() && !ended) {
            ended = true;
            Objects.requireNonNull(endHandler).handle(null);
        }
    }
}
