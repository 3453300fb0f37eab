package io.chordata.node.block;

import io.chordata.node.core.BlockStore;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bodies on their way out. Everything happens on the loop of the caller.
 *
 * <p>Pieces are asked from the store in order, up to {@code readAheadPieces} of them before their turn, each against a
 * share of the read buffer. Without a share a small piece is read, and only when the reader wants bytes and has none
 * coming: so no reader ever waits for another's share, and those beyond the buffer cost {@code SMALLEST_READ_BYTES} each.
 * A share is kept until the reader asks for more after it took the piece, because until then its bytes wait in the
 * connection.
 *
 * <p>Pieces are handed out in order as long as there is demand; then the end, or the failure of the first piece that
 * could not be read, which does not wait for demand. After either, and after {@link #close}, nothing is called.
 */
final class BodyReader implements BodyStream {
    private final BlockStore store;
    private final BodyOptions options;
    private final BufferBudget budget;
    private final ReadPlan plan;
    private final Promise<BodyStream> first = Promise.promise();
    private final Deque<Pending> pending = new ArrayDeque<>();

    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> endHandler;
    private long demand;
    private long takenShares;
    private boolean emitting;
    private boolean closed;

    /** A piece that was asked for, and its share of the buffer. */
    private static final class Pending {
        private final long share;
        private @Nullable Future<Buffer> outcome;

        Pending(long share) {
            this.share = share;
        }
    }

    BodyReader(BlockStore store, BodyOptions options, BufferBudget budget, ReadPlan plan) {
        this.store = store;
        this.options = options;
        this.budget = budget;
        this.plan = plan;
    }

    /** Completes with this stream when its first bytes are there. */
    Future<BodyStream> open() {
        if (plan.isFinished()) {
            return Future.succeededFuture(this);
        }
        readPiece(true);
        readAhead();
        return first.future();
    }

    private void readAhead() {
        boolean more = true;
        while (more && !closed && !plan.isFinished() && pending.size() < options.readAheadPieces()) {
            more = readPiece(pending.isEmpty() && demand > 0);
        }
    }

    /** Asks for the next piece; false if there is no share and {@code must} does not make it go without. */
    private boolean readPiece(boolean must) {
        int length = Math.min(options.readBytes(), plan.longest());
        boolean shared = budget.tryAcquire(length);
        if (!shared && !must) {
            return false;
        }
        Pending piece = new Pending(shared ? length : 0);
        pending.add(piece);
        read(plan.next(shared ? length : Math.min(length, BodyOptions.SMALLEST_READ_BYTES)))
                .onComplete(outcome -> {
                    piece.outcome = outcome.succeeded()
                            ? Future.succeededFuture(outcome.result())
                            : Future.failedFuture(outcome.cause());
                    onRead(piece);
                });
        return true;
    }

    private Future<Buffer> read(ReadPlan.Piece piece) {
        try {
            return store.read(piece.block(), piece.offset(), piece.length());
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void onRead(Pending piece) {
        if (closed) {
            budget.release(piece.share);
            return;
        }
        Future<Buffer> outcome = Objects.requireNonNull(piece.outcome);
        if (first.future().isComplete()) {
            emit();
        } else if (outcome.failed()) {
            close();
            first.fail(outcome.cause());
        } else if (pending.element().outcome != null) {
            first.complete(this);
        }
    }

    /** Hands out what is there and wanted, then reads on. */
    private void emit() {
        if (emitting) {
            return;
        }
        emitting = true;
        try {
            while (!closed && handler != null && emitNext()) {
                readAhead();
            }
        } finally {
            emitting = false;
        }
        readAhead();
    }

    /** True if something was handed out. */
    private boolean emitNext() {
        Pending next = pending.peek();
        if (next == null) {
            if (plan.isFinished() && demand > 0) {
                finish(null);
            }
            return false;
        }
        Future<Buffer> outcome = next.outcome;
        if (outcome == null) {
            return false;
        }
        if (outcome.failed()) {
            finish(outcome.cause());
            return false;
        }
        return demand > 0 && hand(next, outcome.result());
    }

    private boolean hand(Pending piece, Buffer bytes) {
        pending.remove();
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        takenShares += piece.share;
        Handler<Buffer> taker = handler;
        if (taker != null) {
            taker.handle(bytes);
        }
        releaseTakenIfWanting();
        return true;
    }

    private void finish(@Nullable Throwable failure) {
        Handler<Throwable> failed = exceptionHandler;
        Handler<Void> ended = endHandler;
        close();
        if (failure != null && failed != null) {
            failed.handle(failure);
        } else if (failure == null && ended != null) {
            ended.handle(null);
        }
    }

    private void releaseTakenIfWanting() {
        if (demand > 0 && takenShares > 0) {
            budget.release(takenShares);
            takenShares = 0;
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        long shares = takenShares;
        for (Pending piece : pending) {
            shares += piece.outcome == null ? 0 : piece.share;
        }
        pending.clear();
        takenShares = 0;
        budget.release(shares);
    }

    @Override
    public BodyStream handler(@Nullable Handler<Buffer> taker) {
        handler = taker;
        if (taker == null) {
            close();
        } else {
            emit();
        }
        return this;
    }

    @Override
    public BodyStream pause() {
        demand = 0;
        return this;
    }

    @Override
    public BodyStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public BodyStream fetch(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("cannot fetch " + amount + " buffers");
        }
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        releaseTakenIfWanting();
        emit();
        return this;
    }

    @Override
    public BodyStream exceptionHandler(@Nullable Handler<Throwable> onFailure) {
        exceptionHandler = onFailure;
        return this;
    }

    @Override
    public BodyStream endHandler(@Nullable Handler<Void> onEnd) {
        endHandler = onEnd;
        return this;
    }
}
