package io.chordata.node.storage;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Clock;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.core.Timers;
import io.chordata.node.storage.AppendQueue.BodyAt;
import io.chordata.node.storage.AppendQueue.Drop;
import io.chordata.node.storage.AppendQueue.Step;
import io.chordata.node.storage.AppendQueue.Write;
import io.chordata.node.storage.SegmentWriter.Appended;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where segments and the index change: one thing after the other, each begun when the one before is synced
 * and indexed. Runs on the executor it is given, of which it uses one thread at a time.
 */
final class Appender {
    private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
    private static final int RETRY_MILLIS = 5;

    private final Executor executor;
    private final Clock clock;
    private final Timers timers;
    private final RecordStore records;
    private final BlockIndex index;
    private final SegmentTable segments;
    private final SegmentWriter writer;
    private final AppendQueue queue;
    private final int commitBytes;
    private final BlockStoreObserver observer;

    private boolean running; // guarded by this
    private volatile @Nullable StoreFailedException failure;

    Appender(
            BlockStorePorts ports,
            BlockIndex index,
            SegmentTable segments,
            SegmentWriter writer,
            BlockStoreOptions options,
            BlockStoreObserver observer) {
        this.executor = ports.appender();
        this.clock = ports.clock();
        this.timers = ports.timers();
        this.records = ports.records();
        this.index = index;
        this.segments = segments;
        this.writer = writer;
        this.queue = new AppendQueue(options.queueBytes());
        this.commitBytes = options.commitBytes();
        this.observer = observer;
    }

    Future<Void> write(BlockRef block, BlockOwner owner, Buffer body, long createdMillis) {
        Promise<Void> promise = Promise.promise();
        queue.add(new Write(block, owner, body, createdMillis, promise));
        wake();
        return promise.future();
    }

    Future<Void> drop(PartitionId partition, BodyId body) {
        Promise<Void> promise = Promise.promise();
        queue.add(new Drop(new BodyAt(partition, body), promise));
        wake();
        return promise.future();
    }

    /** Runs {@code work} on the appender's thread; nothing else changes anything until its future completes. */
    Future<Void> exclusively(Supplier<Future<Void>> work) {
        Promise<Void> promise = Promise.promise();
        queue.add(new Step(work, promise));
        wake();
        return promise.future();
    }

    private synchronized void wake() {
        if (!running && !queue.isEmpty()) {
            running = true;
            executor.execute(this::round);
        }
    }

    /** One group of writes, one of drops, one step of maintenance, of each what there is. */
    private void round() {
        writeGroup().compose(written -> dropGroup()).compose(dropped -> step()).onComplete(done -> roundEnded());
    }

    private synchronized void roundEnded() {
        running = false;
        notifyAll();
        wake();
    }

    /** Waits for the round under way; whoever calls it has closed the queue before. */
    synchronized void awaitIdle(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (running && System.nanoTime() < deadline) {
            wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
    }

    private Future<Void> writeGroup() {
        List<Write> group = queue.takeWrites(commitBytes);
        if (group.isEmpty()) {
            return Future.succeededFuture();
        }
        return attempt(() -> commit(drafts(group)))
                .onComplete(done -> queue.release(group))
                .onSuccess(done -> group.forEach(write -> write.promise().complete()))
                .onFailure(cause -> group.forEach(write -> write.promise().tryFail(cause)))
                .otherwiseEmpty();
    }

    private static List<Draft> drafts(List<Write> group) {
        return group.stream()
                .map(write -> Draft.of(write.block(), write.owner(), write.createdMillis(), write.bytes()))
                .toList();
    }

    private Future<Void> dropGroup() {
        List<Drop> group = queue.takeDrops();
        if (group.isEmpty()) {
            return Future.succeededFuture();
        }
        return attempt(() -> {
                    IndexUpdate update = update();
                    group.forEach(drop ->
                            update.drop(drop.body().partition(), drop.body().body()));
                    return update.isEmpty() ? Future.succeededFuture() : save(update, Durability.SYNCED);
                })
                .onSuccess(done -> group.forEach(drop -> drop.promise().complete()))
                .onFailure(cause -> group.forEach(drop -> drop.promise().tryFail(cause)))
                .otherwiseEmpty();
    }

    private Future<Void> step() {
        Step step = queue.takeStep();
        if (step == null) {
            return Future.succeededFuture();
        }
        return attempt(step.work()).onComplete(step.promise()).otherwiseEmpty();
    }

    /** Appends the blocks and points the index at them; completes when both will survive a crash. */
    Future<Void> commit(List<Draft> drafts) {
        Appended appended;
        try {
            appended = append(drafts);
        } catch (IOException e) {
            return Future.failedFuture(fail("cannot append to a segment file", e));
        }
        if (appended == null) {
            return Future.failedFuture(new StoreFullException("no room left for blocks; delete objects or add space"));
        }
        IndexUpdate update = update();
        appended.placed().forEach(placed -> update.put(placed.block(), placed.row()));
        update.advance(appended.segment(), appended.end(), appended.segment().commit() + 1);
        return save(update, Durability.ORDERED);
    }

    /** Null if the disk is full; then nothing is left of the attempt. */
    private @Nullable Appended append(List<Draft> drafts) throws IOException {
        try {
            long start = clock.monotonicNanos();
            Appended appended = writer.append(drafts);
            observer.committed(drafts.size(), appended.bytes(), clock.monotonicNanos() - start);
            return appended;
        } catch (DiskFullException e) {
            LOG.warn("event=blocks-disk-full message=\"{}\"", e.getMessage());
            writer.cut();
            return null;
        }
    }

    IndexUpdate update() {
        return new IndexUpdate(index, segments);
    }

    /** Writes the change, again and again while the record store is busy; it completes on the appender's thread. */
    Future<Void> save(IndexUpdate update, Durability durability) {
        Promise<Void> saved = Promise.promise();
        save(new Save(update, durability, saved));
        return saved.future().onSuccess(done -> segments.publish());
    }

    private record Save(RecordBatch batch, Durability durability, Promise<Void> saved) {
        Save(IndexUpdate update, Durability durability, Promise<Void> saved) {
            this(update.batch(), durability, saved);
        }
    }

    private void save(Save save) {
        records.write(save.batch, save.durability).onComplete(written -> {
            if (written.cause() instanceof StoreBusyException) {
                timers.once(RETRY_MILLIS, () -> save(save));
            } else if (written.failed()) {
                executor.execute(
                        () -> save.saved.fail(fail("the index of blocks/ cannot be written", written.cause())));
            } else {
                executor.execute(save.saved::complete);
            }
        });
    }

    /** A surprise is a broken invariant: the store stops rather than go on with what it does not understand. */
    private Future<Void> attempt(Supplier<Future<Void>> work) {
        StoreFailedException known = failure;
        if (known != null) {
            return Future.failedFuture(known);
        }
        try {
            return work.get();
        } catch (Throwable e) {
            return Future.failedFuture(fail("cannot go on", e));
        }
    }

    /** The first failure is for ever: after a failed sync nobody knows what the disk holds, so nothing is tried again. */
    StoreFailedException fail(String what, Throwable cause) {
        StoreFailedException known = failure;
        if (known != null) {
            return known;
        }
        StoreFailedException first = new StoreFailedException(
                "the block store failed and takes nothing more: " + what + " (" + cause
                        + "); check the disk, then restart",
                cause);
        failure = first;
        observer.failed();
        LOG.error("event=block-store-failed message=\"{}\"", what, cause);
        queue.refuse(first);
        return first;
    }

    /** What waits and all that comes fails; the round under way goes on to its end. */
    void close() {
        queue.refuse(new StoreFailedException("the block store is closed"));
    }
}
