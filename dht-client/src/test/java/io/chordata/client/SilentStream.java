package io.chordata.client;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** Never says anything. */
class SilentStream implements ReadStream<Buffer> {
    @Override
    public SilentStream exceptionHandler(@Nullable Handler<Throwable> value) {
        return this;
    }

    @Override
    public SilentStream handler(@Nullable Handler<Buffer> value) {
        return this;
    }

    @Override
    public SilentStream endHandler(@Nullable Handler<Void> value) {
        return this;
    }

    @Override
    public SilentStream pause() {
        return this;
    }

    @Override
    public SilentStream resume() {
        return this;
    }

    @Override
    public SilentStream fetch(long amount) {
        return this;
    }
}
