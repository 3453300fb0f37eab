package io.chordata.client.model;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is read piece by piece on worker threads, one piece ahead, and handed out on the loop that opened it. What is
 * to be done with the bytes can be done where they are read. Paused at first.
 */
public final class WorkerReads implements ReadStream<Buffer> {
    private final Context loop;
    private final Source source;
    private UnaryOperator<Buffer> stage = UnaryOperator.identity();
    private long demand;
    private boolean reading;
    private boolean over;
    private @Nullable Read held;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    /** Where the bytes come from. One thread at a time reads; another may close. Both block. */
    interface Source extends Closeable {
        /** Empty at the end. */
        Buffer read() throws IOException;
    }

    /** @param isLast whether nothing follows */
    private record Read(Buffer bytes, boolean isLast) {}

    WorkerReads(Vertx vertx, Source source) {
        this.loop = vertx.getOrCreateContext();
        this.source = source;
    }

    /**
     * Has every piece go through that before it is handed out, on the thread that read it. Before the first is asked for.
     *
     * @param value what it throws goes to the exception handler
     */
    public void stage(UnaryOperator<Buffer> value) {
        stage = value;
    }

    /** Nothing is read any more. */
    public Future<Void> close() {
        if (over) {
            return Future.succeededFuture();
        }
        over = true;
        held = null;
        return loop.<@Nullable Void>executeBlocking(
                () -> {
                    source.close();
                    return null;
                },
                false);
    }

    @Override
    public WorkerReads exceptionHandler(@Nullable Handler<Throwable> value) {
        exceptionHandler = value;
        return this;
    }

    @Override
    public WorkerReads handler(@Nullable Handler<Buffer> value) {
        handler = value;
        return this;
    }

    @Override
    public WorkerReads endHandler(@Nullable Handler<Void> value) {
        endHandler = value;
        return this;
    }

    @Override
    public WorkerReads pause() {
        demand = 0;
        return this;
    }

    @Override
    public WorkerReads resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public WorkerReads fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        loop.runOnContext(now -> goOn());
        return this;
    }

    private void goOn() {
        Read ready = held;
        if (over || reading) {
            return;
        }
        if (ready == null) {
            read();
        } else if (demand > 0) {
            held = null;
            emit(ready);
        }
    }

    private void read() {
        reading = true;
        loop.executeBlocking(this::next, false).onComplete(this::onRead, this::fail);
    }

    /** Closes the source when nothing more will be read of it. */
    private Read next() throws IOException {
        boolean goesOn = false;
        try {
            Buffer piece = source.read();
            boolean isLast = piece.length() == 0;
            Read next = new Read(isLast ? piece : stage.apply(piece), isLast);
            goesOn = !isLast;
            return next;
        } finally {
            if (!goesOn) {
                source.close();
            }
        }
    }

    private void onRead(Read done) {
        reading = false;
        held = done;
        goOn();
    }

    private void emit(Read ready) {
        if (ready.isLast()) {
            over = true;
            if (endHandler != null) {
                endHandler.handle(null);
            }
            return;
        }
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        if (handler != null) {
            handler.handle(ready.bytes());
        }
        if (!over) {
            read(); // not before: what a worker has at once comes in this very turn
        }
    }

    private void fail(Throwable failure) {
        reading = false;
        if (over) {
            return;
        }
        over = true;
        if (exceptionHandler != null) {
            exceptionHandler.handle(failure);
        }
    }
}
