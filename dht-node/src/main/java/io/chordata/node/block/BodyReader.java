package io.chordata.node.block;

import io.chordata.node.core.Loop;
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
 * share of the read buffer: so all readers together never hold more than that. Pieces are large while most of the buffer
 * is free, then small. A reader waits for a share only when it wants bytes and has none coming. A share is kept until the
 * reader asks for more after it took the piece, because until then its bytes wait in the connection.
 *
 * <p>What was read ahead for a reader that wants nothing now is lent: while somebody waits for a share, it is forgotten,
 * to be read again. So a reader that stopped keeps but the piece that its connection has not taken.
 *
 * <p>Pieces are handed out in order as long as there is demand; then the end, or the failure of the first piece that
 * could not be read, which does not wait for demand. After either, and after {@link #close}, nothing is called.
 */
final class BodyReader implements BodyStream, BufferBudget.Lender {
    private final Loop loop;
    private final Blocks store;
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
    private boolean waiting;
    private boolean lent;
    private boolean closed;

    /** A piece that was asked for; its length is its share of the buffer. */
    private static final class Pending {
        private final ReadPlan.Piece piece;
        private @Nullable Future<Buffer> outcome;
        private boolean forgotten;

        Pending(ReadPlan.Piece piece) {
            this.piece = piece;
        }

        int share() {
            return piece.length();
        }
    }

    BodyReader(Loop loop, Blocks store, BodyOptions options, BufferBudget budget, ReadPlan plan) {
        this.loop = loop;
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
        while (more && !closed && !waiting && !plan.isFinished() && pending.size() < options.readAheadPieces()) {
            more = readPiece(pending.isEmpty() && demand > 0);
        }
        lendIfIdle();
    }

    /** Asks for the next piece; false if there is no share for it now. If {@code must}, it then waits for one. */
    private boolean readPiece(boolean must) {
        int large = Math.min(options.readBytes(), plan.longest());
        int small = Math.min(BodyOptions.SMALLEST_READ_BYTES, large);
        if (budget.tryAcquireOfPlenty(large)) {
            read(large);
        } else if (budget.tryAcquire(small)) {
            read(small);
        } else if (must) {
            waiting = true;
            budget.acquire(small, loop).onSuccess(granted -> onShare(small));
            return false;
        } else {
            return false;
        }
        return true;
    }

    private void onShare(int share) {
        waiting = false;
        if (closed) {
            budget.release(share);
            return;
        }
        read(share);
        readAhead();
    }

    private void read(int share) {
        Pending next = new Pending(plan.next(share));
        pending.add(next);
        read(next.piece).onComplete(outcome -> {
            next.outcome = outcome.succeeded()
                    ? Future.succeededFuture(outcome.result())
                    : Future.failedFuture(outcome.cause());
            onRead(next);
        });
    }

    private Future<Buffer> read(ReadPlan.Piece piece) {
        try {
            return store.read(piece.block(), piece.offset(), piece.length());
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void onRead(Pending piece) {
        if (piece.forgotten) {
            budget.release(piece.share());
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
            lendIfIdle();
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
        takenShares += piece.share();
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
        lendIfIdle();
        long shares = takenShares + forget();
        takenShares = 0;
        budget.release(shares);
    }

    /** Answers the shares that are free now; those of pieces under way follow when they come. */
    private long forget() {
        long shares = 0;
        for (Pending piece : pending) {
            piece.forgotten = true;
            shares += piece.outcome == null ? 0 : piece.share();
        }
        pending.clear();
        return shares;
    }

    private void lendIfIdle() {
        boolean idle =
                !closed && demand == 0 && !pending.isEmpty() && first.future().isComplete();
        if (idle == lent) {
            return;
        }
        lent = idle;
        if (idle) {
            budget.lend(this);
        } else {
            budget.withdraw(this);
        }
    }

    @Override
    public void recall() {
        loop.execute(this::giveBack);
    }

    /** Its demand may have come back in the meantime; then it keeps what it has. */
    private void giveBack() {
        long shares = 0;
        budget.withdraw(this);
        if (lent) {
            lent = false;
            plan.backTo(pending.element().piece);
            shares = forget();
        }
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
        lendIfIdle();
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
        lendIfIdle();
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
