package io.chordata.node.sim;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A stream of bytes that knows who listens to it, and begins paused. What it gives, and when, its subclass decides. */
public abstract class FakeStream implements ReadStream<Buffer> {
    private boolean paused = true;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> endHandler;

    /** From now on pieces are wanted. */
    protected abstract void onResume();

    public final boolean isPaused() {
        return paused;
    }

    public final boolean isListenedTo() {
        return handler != null;
    }

    protected final void give(Buffer piece) {
        if (handler != null) {
            handler.handle(piece);
        }
    }

    protected final void end() {
        if (endHandler != null) {
            endHandler.handle(null);
        }
    }

    protected final void fail(String why) {
        if (exceptionHandler != null) {
            exceptionHandler.handle(new IllegalStateException(why));
        }
    }

    @Override
    public final FakeStream pause() {
        paused = true;
        return this;
    }

    @Override
    public final FakeStream resume() {
        paused = false;
        onResume();
        return this;
    }

    @Override
    public final FakeStream fetch(long amount) {
        throw new UnsupportedOperationException("resume is enough here");
    }

    @Override
    public final FakeStream handler(@Nullable Handler<Buffer> taker) {
        handler = taker;
        return this;
    }

    @Override
    public final FakeStream exceptionHandler(@Nullable Handler<Throwable> onFailure) {
        exceptionHandler = onFailure;
        return this;
    }

    @Override
    public final FakeStream endHandler(@Nullable Handler<Void> onEnd) {
        endHandler = onEnd;
        return this;
    }
}
