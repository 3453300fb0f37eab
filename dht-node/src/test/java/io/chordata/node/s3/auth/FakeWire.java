package io.chordata.node.s3.auth;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A request's body: gives its pieces while it is not paused, then its end, or goes away. */
final class FakeWire implements ReadStream<Buffer> {
    final Queue<Buffer> pieces = new ArrayDeque<>();
    boolean goesAway;
    boolean paused = true;

    @Nullable
    Handler<Buffer> handler;

    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> endHandler;
    private boolean giving;
    private boolean over;

    /** Cuts the body before each of {@code cuts}, which ascend. */
    static FakeWire of(byte[] body, int... cuts) {
        FakeWire wire = new FakeWire();
        int start = 0;
        for (int cut : cuts) {
            wire.pieces.add(Buffer.buffer(body).getBuffer(start, cut));
            start = cut;
        }
        wire.pieces.add(Buffer.buffer(body).getBuffer(start, body.length));
        return wire;
    }

    private void give() {
        if (giving) {
            return;
        }
        giving = true;
        while (!paused && !pieces.isEmpty()) {
            Buffer piece = pieces.remove();
            if (handler != null) {
                handler.handle(piece);
            }
        }
        giving = false;
        if (!paused && !over) {
            over = true;
            finish();
        }
    }

    private void finish() {
        if (goesAway && exceptionHandler != null) {
            exceptionHandler.handle(new IllegalStateException("connection was closed"));
        } else if (!goesAway && endHandler != null) {
            endHandler.handle(null);
        }
    }

    @Override
    public FakeWire pause() {
        paused = true;
        return this;
    }

    @Override
    public FakeWire resume() {
        paused = false;
        give();
        return this;
    }

    @Override
    public FakeWire fetch(long amount) {
        throw new UnsupportedOperationException("resume is enough here");
    }

    @Override
    public FakeWire handler(@Nullable Handler<Buffer> taker) {
        handler = taker;
        return this;
    }

    @Override
    public FakeWire exceptionHandler(@Nullable Handler<Throwable> onFailure) {
        exceptionHandler = onFailure;
        return this;
    }

    @Override
    public FakeWire endHandler(@Nullable Handler<Void> onEnd) {
        endHandler = onEnd;
        return this;
    }
}
