package io.chordata.node.block;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.Partitioning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One body on its way in. Everything happens on one loop, that of the caller.
 *
 * <p>A block's share of the write buffer is asked for when the block's first byte is there, the first block's before the
 * sender is asked for any: so an upload that has to wait leaves its bytes to the sender. A share is given back when the
 * block is both stored and digested. A body waits for a share only between two blocks; the ones that it holds then are on
 * their way to the disk and come back whatever others do, so bodies that wait for each other's shares cannot block
 * themselves.
 * While there is no share, or {@code inFlightBlocks} are under way, the sender is paused.
 *
 * <p>Invariant: {@code received <= opened <= length}; at most one block is being gathered; blocks are numbered, and
 * digested, in the order of the body. After the first failure nothing more is read or stored; the body settles when the
 * last block under way is back, and what was stored is dropped.
 */
final class BodyWriter {
    /** Digesting less than this costs less than handing it to a worker. */
    private static final int DIGEST_ON_LOOP_BYTES = 32 << 10;

    private final Loop loop;
    private final BodyOptions options;
    private final BufferBudget budget;
    private final Partitioning partitioning;
    private final Blocks store;
    private final BodyId id;
    private final BlockOwner owner;
    private final Payload payload;
    private final boolean inline;

    private final long length;
    private final ReadStream<Buffer> stream;
    private final Digester digester;
    private final Promise<WrittenBody> done = Promise.promise();
    private final Queue<Buffer> arrived = new ArrayDeque<>();

    private Future<Void> digested = Future.succeededFuture();
    private @Nullable BlockBuilder block;
    private @Nullable Buffer inlineBytes;
    private @Nullable Throwable failure;
    private int firstOffset;
    private int blocks;
    private int underWay;
    private long opened;
    private boolean waiting;
    private boolean paused = true;
    private boolean ended;
    private boolean settled;

    /** Where a body goes. */
    record Target(Loop loop, BodyOptions options, BufferBudget budget, Partitioning partitioning, Blocks store) {}

    BodyWriter(Target target, BodyId id, BlockOwner owner, Payload payload, int inlineLimit) {
        this.loop = target.loop;
        this.options = target.options;
        this.budget = target.budget;
        this.partitioning = target.partitioning;
        this.store = target.store;
        this.id = id;
        this.owner = owner;
        this.payload = payload;
        this.length = payload.length();
        this.inline = length == 0 || length <= Math.min(inlineLimit, options.blockBytes());
        this.digester = new Digester(payload.checksums());
        this.stream = payload.stream();
    }

    Future<WrittenBody> write() {
        stream.exceptionHandler(this::onStreamFailed);
        stream.endHandler(end -> {
            ended = true;
            advance();
        });
        stream.handler(buffer -> {
            arrived.add(buffer);
            advance();
        });
        if (length == 0 || openBlock()) {
            setPaused(false);
        }
        return done.future();
    }

    private void advance() {
        if (failure != null) {
            return;
        }
        while (!arrived.isEmpty()) {
            if (block == null && !openBlock()) {
                setPaused(true);
                return;
            }
            gather();
        }
        if (ended) {
            finishWhenStored();
        } else if (failure == null) {
            setPaused(false);
        }
    }

    /** A sender that goes away after its last byte has sent everything. */
    private void onStreamFailed(Throwable cause) {
        if (!ended) {
            fail(cause);
        }
    }

    /** True if there is a block to gather into now; if not, {@link #advance} is called when there is. */
    private boolean openBlock() {
        if (waiting || underWay >= options.inFlightBlocks()) {
            return false;
        }
        int bytes = (int) Math.min(options.blockBytes(), length - opened);
        if (bytes == 0) {
            fail(new IllegalStateException("payload gave more than the " + length + " bytes it announced"));
            return false;
        }
        opened += bytes;
        Future<Void> share = budget.acquire(bytes, loop);
        if (share.isComplete()) {
            block = new BlockBuilder(bytes);
            return true;
        }
        waiting = true;
        share.onSuccess(granted -> onShare(bytes));
        return false;
    }

    private void onShare(int bytes) {
        waiting = false;
        if (failure != null) {
            budget.release(bytes);
            return;
        }
        block = new BlockBuilder(bytes);
        advance();
    }

    private void gather() {
        Buffer first = arrived.element();
        BlockBuilder gathered = Objects.requireNonNull(block);
        firstOffset += gathered.add(first, firstOffset);
        if (firstOffset == first.length()) {
            arrived.remove();
            firstOffset = 0;
        }
        if (gathered.isFull()) {
            block = null;
            submit(gathered);
        }
    }

    private void submit(BlockBuilder full) {
        Buffer bytes = full.build();
        underWay++;
        digested = digestAfter(digested, bytes);
        Future.join(store(bytes), digested).onComplete(both -> onBlockDone(full.size(), both.cause()));
    }

    private Future<Void> store(Buffer bytes) {
        if (inline) {
            inlineBytes = bytes;
            return Future.succeededFuture();
        }
        return guarded(() -> store.write(BlockRef.of(partitioning, id, blocks++), owner, bytes));
    }

    /** A composed future would keep the function that made it, and with that the block, until the next block came. */
    private Future<Void> digestAfter(Future<Void> before, Buffer bytes) {
        Promise<Void> promise = Promise.promise();
        before.compose(all -> digest(bytes)).onComplete(promise);
        return promise.future();
    }

    private Future<Void> digest(Buffer bytes) {
        if (length <= DIGEST_ON_LOOP_BYTES) {
            digester.update(bytes);
            return Future.succeededFuture();
        }
        return loop.executeBlocking(() -> {
            digester.update(bytes);
            return null;
        });
    }

    private void onBlockDone(int bytes, @Nullable Throwable cause) {
        underWay--;
        budget.release(bytes);
        if (cause != null) {
            fail(cause);
        }
        if (failure != null) {
            settleFailed(failure);
        } else {
            advance();
        }
    }

    private void finishWhenStored() {
        if (underWay > 0 || settled || failure != null) {
            return;
        }
        if (block != null || opened != length) {
            fail(new IllegalStateException("payload gave less than the " + length + " bytes it announced"));
            return;
        }
        Digests digests = digester.finish();
        try {
            payload.verify(digests);
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        settled = true;
        done.complete(written(digests));
    }

    private WrittenBody written(Digests digests) {
        if (!inline) {
            return new WrittenBody(length, null, new BodyRef(id, length, options.blockBytes()), digests);
        }
        byte[] bytes = inlineBytes == null ? new byte[0] : inlineBytes.getBytes();
        return new WrittenBody(length, bytes, null, digests);
    }

    private void fail(Throwable cause) {
        if (failure != null || settled) {
            return;
        }
        failure = cause;
        arrived.clear();
        if (block != null) {
            budget.release(block.size());
            block = null;
        }
        detach();
        settleFailed(cause);
    }

    /** Leaves the stream paused and without a reader: whoever owns the connection decides what becomes of the rest. */
    private void detach() {
        setPaused(true);
        stream.handler(null);
        stream.endHandler(null);
        stream.exceptionHandler(ignored -> {});
    }

    private void settleFailed(Throwable cause) {
        if (underWay > 0 || settled) {
            return;
        }
        settled = true;
        new BodyDrop(store, partitioning).blocks(id, blocks).onComplete(dropped -> done.fail(cause));
    }

    private void setPaused(boolean pause) {
        if (paused == pause) {
            return;
        }
        paused = pause;
        if (pause) {
            stream.pause();
        } else {
            stream.resume();
        }
    }

    private static Future<Void> guarded(Supplier<Future<Void>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
