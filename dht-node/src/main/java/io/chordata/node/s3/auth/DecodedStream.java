package io.chordata.node.s3.auth;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request's body, decoded on the way. Begins paused, and leaves the request alone until someone takes the
 * bytes; asks it for more only when all that was decoded is taken. Fails at once when the encoding is broken or the
 * client goes away; then, and when the handler is taken away, the request is left paused and without handlers. Used on
 * the request's loop.
 */
final class DecodedStream implements ReadStream<Buffer> {
    private final ReadStream<Buffer> wire;
    private final BodyDecoder decoder;
    private final Queue<Buffer> decoded = new ArrayDeque<>();

    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable AuthException failure;
    private long demand;
    private boolean attached;
    private boolean wirePaused = true;
    private boolean wireEnded;
    private boolean emitting;
    private boolean finished;

    DecodedStream(ReadStream<Buffer> wire, BodyDecoder decoder) {
        this.wire = wire;
        this.decoder = decoder;
    }

    private void attach() {
        if (attached || finished) {
            return;
        }
        attached = true;
        wire.exceptionHandler(this::onWireFailed);
        wire.endHandler(end -> onWireEnd());
        wire.handler(this::onWire);
    }

    private void onWire(Buffer bytes) {
        if (finished) {
            return;
        }
        try {
            decoder.decode(bytes, decoded::add);
        } catch (AuthException e) {
            failure = e;
        }
        emit();
    }

    private void onWireEnd() {
        wireEnded = true;
        try {
            decoder.end();
        } catch (AuthException e) {
            failure = e;
        }
        emit();
    }

    private void onWireFailed(Throwable cause) {
        if (!wireEnded) {
            failure = cause instanceof AuthException refusal
                    ? refusal
                    : new AuthException(AuthError.INCOMPLETE_BODY, "The connection ended before the body did");
            emit();
        }
    }

    /** Hands out what is there and wanted, then asks for more. */
    private void emit() {
        if (emitting || finished) {
            return;
        }
        emitting = true;
        try {
            while (!finished && failure == null && demand > 0 && !decoded.isEmpty()) {
                hand(decoded.remove());
            }
        } finally {
            emitting = false;
        }
        if (!finished && (failure != null || (wireEnded && decoded.isEmpty() && demand > 0))) {
            finish();
        }
        steerWire();
    }

    private void hand(Buffer bytes) {
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        Handler<Buffer> taker = handler;
        if (taker != null) {
            taker.handle(bytes);
        }
    }

    private void finish() {
        Handler<Throwable> failed = exceptionHandler;
        Handler<Void> ended = endHandler;
        detach();
        if (failure != null && failed != null) {
            failed.handle(failure);
        } else if (failure == null && ended != null) {
            ended.handle(null);
        }
    }

    private void detach() {
        finished = true;
        decoded.clear();
        if (attached && !wireEnded) {
            wirePaused = true;
            wire.pause();
            wire.handler(null);
            wire.endHandler(null);
            wire.exceptionHandler(ignored -> {});
        }
    }

    private void steerWire() {
        boolean pause = demand == 0 || !decoded.isEmpty();
        if (finished || wireEnded || !attached || wirePaused == pause) {
            return;
        }
        wirePaused = pause;
        if (pause) {
            wire.pause();
        } else {
            wire.resume();
        }
    }

    @Override
    public DecodedStream handler(@Nullable Handler<Buffer> taker) {
        handler = taker;
        if (taker != null) {
            attach();
            emit();
        } else if (!finished) {
            detach();
        }
        return this;
    }

    @Override
    public DecodedStream pause() {
        demand = 0;
        steerWire();
        return this;
    }

    @Override
    public DecodedStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public DecodedStream fetch(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("cannot fetch " + amount + " buffers");
        }
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        emit();
        return this;
    }

    @Override
    public DecodedStream exceptionHandler(@Nullable Handler<Throwable> onFailure) {
        exceptionHandler = onFailure;
        return this;
    }

    @Override
    public DecodedStream endHandler(@Nullable Handler<Void> onEnd) {
        endHandler = onEnd;
        return this;
    }
}
