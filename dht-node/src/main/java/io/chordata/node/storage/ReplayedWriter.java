package io.chordata.node.storage;

import io.chordata.node.core.Loop;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.storage.RocksDatabase.WriteMode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Writes the replayed family: into the memory table on the caller's own thread, a matter of microseconds, as long as
 * RocksDB has room there. When it would stall the caller because flushes lag behind, it refuses instead
 * ({@code no_slowdown}), and the batch and all that come after it go to a worker thread, until that has caught up.
 *
 * <p>Order: while anything is deferred, every batch is. A deferred batch counts until its future has completed on its
 * loop, so a loop sees its futures complete in the order of its writes.
 */
final class ReplayedWriter {
    private final RocksDatabase database;
    private final long bytesMax;
    private final int writesMax;
    private final FailStop failStop;
    private final RecordStoreObserver observer;
    private final AtomicInteger deferred = new AtomicInteger();
    private final AtomicLong deferredBytes = new AtomicLong();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "chordata-records-state");
        thread.setDaemon(true);
        return thread;
    });

    ReplayedWriter(
            RocksDatabase database, RecordStoreOptions options, FailStop failStop, RecordStoreObserver observer) {
        this.database = database;
        this.bytesMax = options.queueBytes();
        this.writesMax = options.queueBatchesMax();
        this.failStop = failStop;
        this.observer = observer;
    }

    Future<Void> write(PendingWrite write) {
        try {
            if (deferred.get() == 0 && writtenAtOnce(write)) {
                return Future.succeededFuture();
            }
            return defer(write);
        } catch (StoreFailedException closed) {
            return Future.failedFuture(closed);
        } catch (RocksDBException e) {
            return Future.failedFuture(fail(e));
        }
    }

    private boolean writtenAtOnce(PendingWrite write) throws RocksDBException {
        try {
            write(write, WriteMode.UNLOGGED_AT_ONCE);
            return true;
        } catch (RocksDBException e) {
            if (e.getStatus() != null && e.getStatus().getCode() == Status.Code.Incomplete) {
                return false;
            }
            throw e;
        }
    }

    private void write(PendingWrite write, WriteMode mode) throws RocksDBException {
        database.write(mode, List.of(write.batch()));
    }

    private Future<Void> defer(PendingWrite write) {
        observer.replayedWriteDeferred();
        boolean busy =
                deferred.get() > 0 && (deferred.get() >= writesMax || deferredBytes.get() + write.bytes() > bytesMax);
        if (busy) {
            return Future.failedFuture(new StoreBusyException("too many rows wait to be applied; try again later"));
        }
        deferred.incrementAndGet();
        deferredBytes.addAndGet(write.bytes());
        return submit(write.promise(), () -> writeDeferred(write));
    }

    private void writeDeferred(PendingWrite write) {
        StoreFailedException failure = null;
        try {
            failStop.check();
            write(write, WriteMode.UNLOGGED);
        } catch (RocksDBException | RuntimeException | Error e) {
            failure = fail(e);
        }
        settleDeferred(write, failure);
    }

    private void settleDeferred(PendingWrite write, @Nullable StoreFailedException failure) {
        PendingWrite.execute(write.loop(), () -> {
            deferredBytes.addAndGet(-write.bytes());
            deferred.decrementAndGet();
            write.settle(failure);
        });
    }

    /** Goes behind what is deferred, so it covers that, too. */
    Future<Void> flush(Loop loop) {
        Promise<Void> promise = Promise.promise();
        return submit(promise, () -> {
            try {
                failStop.check();
                long start = System.nanoTime();
                database.flush(Family.STATE);
                observer.flushed(System.nanoTime() - start);
                PendingWrite.execute(loop, promise::complete);
            } catch (RocksDBException | RuntimeException | Error e) {
                StoreFailedException failure = fail(e);
                PendingWrite.execute(loop, () -> promise.fail(failure));
            }
        });
    }

    private Future<Void> submit(Promise<Void> promise, Runnable task) {
        try {
            worker.execute(task);
            return promise.future();
        } catch (RejectedExecutionException e) {
            return Future.failedFuture(new StoreFailedException("the records are closed"));
        }
    }

    private StoreFailedException fail(Throwable cause) {
        return failStop.fail(
                "cannot write the applied rows: " + cause.getMessage() + "; the node takes no more writes:"
                        + " check the disk and start again",
                cause);
    }

    /** Waits until all that was taken is written. */
    void close() {
        worker.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = worker.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
