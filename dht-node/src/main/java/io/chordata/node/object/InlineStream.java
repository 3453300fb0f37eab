package io.chordata.node.object;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** Bytes in memory as a stream of one buffer at most; begins paused. */
final class InlineStream implements ReadStream<Buffer> {
    private @Nullable Buffer bytes;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private long demand;
    private boolean ended;

    InlineStream(@Nullable Buffer bytes) {
        this.bytes = bytes;
    }

    @Override
    public InlineStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public InlineStream handler(@Nullable Handler<Buffer> handler) {
        this.handler = handler;
        flow();
        return this;
    }

    @Override
    public InlineStream pause() {
        demand = 0;
        return this;
    }

    @Override
    public InlineStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public InlineStream fetch(long amount) {
        demand = amount > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + amount;
        flow();
        return this;
    }

    @Override
    public InlineStream endHandler(@Nullable Handler<Void> handler) {
        this.endHandler = handler;
        flow();
        return this;
    }

    private void flow() {
        if (bytes != null && handler != null && demand > 0) {
            Buffer next = bytes;
            bytes = null;
            demand--;
            handler.handle(next);
        }
        if (bytes == null && demand > 0 && endHandler != null && !ended) {
            ended = true;
            endHandler.handle(null);
        }
    }
}
