package io.chordata.node.storage;

import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.storage.RocksDatabase.WriteMode;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The one thread that writes the logged families. While it syncs one group, the next one gathers in the queue; so the
 * slower the disk, the larger the groups, and there is nothing to tune (DeWitt et al., "Implementation Techniques for
 * Main Memory Database Systems", SIGMOD 1984, section 5.2).
 *
 * <p>Each group begins with a {@link SyncMark} that says how far the log was synced when the group was written; after a
 * crash {@link WalInspector} tells by it what was torn and what has rotted.
 *
 * <p>No group is acknowledged that was written into a directory which is not there any more. That covers the blocks, too,
 * whose commits end with a batch here.
 */
final class GroupCommitWriter {
    private final RocksDatabase database;
    private final long databaseNumber;
    private final SyncWitness witness;
    private final WriteQueue queue;
    private final long groupBytes;
    private final FailStop failStop;
    private final RecordStoreObserver observer;
    private final Thread thread = new Thread(this::run, "chordata-records");

    /** Every row up to here is synced. Touched by the writer thread alone. */
    private long syncedSequence;

    GroupCommitWriter(
            RocksDatabase database,
            long databaseNumber,
            SyncWitness witness,
            RecordStoreOptions options,
            FailStop failStop,
            RecordStoreObserver observer) {
        this.database = database;
        this.databaseNumber = databaseNumber;
        this.witness = witness;
        this.queue = new WriteQueue(options.queueBytes(), options.queueBatchesMax());
        this.groupBytes = options.groupBytes();
        this.failStop = failStop;
        this.observer = observer;
        // Opening moved what the log held into sorted files, which are synced.
        this.syncedSequence = database.latestSequence();
        thread.setDaemon(true);
        thread.start();
    }

    Future<Void> write(PendingWrite write) {
        return switch (queue.offer(write)) {
            case TAKEN -> write.promise().future();
            case FULL ->
                Future.failedFuture(new StoreBusyException("too many records wait for the disk; try again later"));
            case CLOSED -> Future.failedFuture(new StoreFailedException("the records are closed"));
        };
    }

    private void run() {
        List<PendingWrite> group = queue.takeGroup(groupBytes);
        while (!group.isEmpty()) {
            StoreFailedException failure = commit(group);
            // First, so that whoever is told that a batch is written finds room for the next one.
            queue.done(group);
            PendingWrite.settle(group, failure);
            group = queue.takeGroup(groupBytes);
        }
        seal();
    }

    /** A mark behind the last group, so that rot of that group, too, is found at the next start. */
    private void seal() {
        if (failStop.failure() == null) {
            commit(List.of());
        }
    }

    private @Nullable StoreFailedException commit(List<PendingWrite> group) {
        try {
            failStop.check();
            write(group);
            return null;
        } catch (RocksDBException | IOException | RuntimeException | Error e) {
            return failStop.fail(
                    "cannot write the records: " + e.getMessage() + "; the node takes no more writes:"
                            + " check the disk and start again",
                    e);
        }
    }

    private void write(List<PendingWrite> group) throws RocksDBException, IOException {
        boolean sync = group.isEmpty() || group.stream().anyMatch(write -> write.durability() == Durability.SYNCED);
        long start = System.nanoTime();
        List<RecordBatch> batches = group.stream().map(PendingWrite::batch).toList();
        database.write(
                sync ? WriteMode.SYNCED : WriteMode.ORDERED,
                batches,
                new SyncMark(databaseNumber, syncedSequence).encode());
        if (sync) {
            syncedSequence = database.latestSequence();
            witness.synced(new SyncMark(databaseNumber, syncedSequence));
        }
        witness.checkPlace();
        long bytes = batches.stream().mapToLong(RecordBatch::bytes).sum();
        observer.groupWritten(group.size(), bytes, sync, System.nanoTime() - start);
    }

    /** Waits until all that was taken is written. */
    void close() {
        queue.close();
        Threads.join(thread);
    }
}
