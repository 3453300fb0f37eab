package io.chordata.node.sim;

import io.chordata.node.core.ColdReadException;
import io.chordata.node.core.Loop;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulated twin of the record store: rows in memory, one group under way at a time, completions by the scheduler.
 * It lives as long as its process: when that is killed ({@link SimLoops#kill}), call {@link SimRecordDisk#crash} and make
 * a new store on the disk. Can be told to be cold, slow, busy or to fail, each by the scheduler's seed.
 *
 * <p>What the real store leaves open, this one draws: whether a REPLAYED batch completes at once or later, and which
 * batches share a sync.
 */
public final class SimRecordStore implements RecordStore {
    private static final double DEFERRED_CHANCE = 0.1;
    private static final long DEFAULT_DELAY_NANOS = 2_000_000;

    private final SimRecordDisk disk;
    private final SimScheduler scheduler;
    private final SimRandom random;
    private final SimLoops loops;
    private final List<Write> queue = new ArrayList<>();
    private final Queue<Write> deferredWrites = new ArrayDeque<>();
    private Map<Family, NavigableMap<byte[], byte[]>> rows;
    private boolean rowsShared;
    private boolean writing;

    /** Writes that have yet to complete on their loops; until then, later ones go behind them. */
    private int deferred;

    private boolean closed;
    private @Nullable StoreFailedException failure;
    private double coldReadChance;
    private double busyChance;
    private long delayNanosMax = DEFAULT_DELAY_NANOS;
    private boolean failNextSync;
    private long syncs;

    private record Write(RecordBatch batch, Durability durability, Loop loop, Promise<Void> promise) {}

    public SimRecordStore(SimRecordDisk disk, SimScheduler scheduler, SimLoops loops) {
        this.disk = disk;
        this.scheduler = scheduler;
        this.random = scheduler.random().fork();
        this.loops = loops;
        this.rows = disk.rows();
    }

    /** MEMORY reads are cold with this probability. */
    public void setColdReadChance(double chance) {
        coldReadChance = chance;
    }

    /** Batches are refused with {@link StoreBusyException} with this probability. */
    public void setBusyChance(double chance) {
        busyChance = chance;
    }

    /** Each write, sync and flush takes up to so long. */
    public void setDelayNanosMax(long nanos) {
        delayNanosMax = nanos;
    }

    /** The next sync or flush fails, and with it the store, for ever. */
    public void failNextSync() {
        failNextSync = true;
    }

    public long syncs() {
        return syncs;
    }

    @Override
    public byte @Nullable [] get(Family family, byte[] key, ReadTier tier) {
        checkUsable();
        return get(rows, family, key, tier);
    }

    private byte @Nullable [] get(
            Map<Family, NavigableMap<byte[], byte[]>> from, Family family, byte[] key, ReadTier tier) {
        if (tier == ReadTier.MEMORY && random.chance(coldReadChance)) {
            throw ColdReadException.INSTANCE;
        }
        requireSound(key);
        byte[] value = SimRecordDisk.rowsOf(from, family).get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public Cursor scan(Family family, byte[] from, byte @Nullable [] to) {
        checkUsable();
        return scan(shareRows(), family, from, to);
    }

    /** As checksums of the real store do. */
    private void requireSound(byte[] key) {
        if (disk.isRotten(key)) {
            failure = new StoreFailedException("a simulated row is rotten");
            throw failure;
        }
    }

    private Cursor scan(
            Map<Family, NavigableMap<byte[], byte[]>> rows, Family family, byte[] from, byte @Nullable [] to) {
        return new SimCursor(SimRecordDisk.rowsOf(rows, family), from, to, this::requireSound);
    }

    @Override
    public Snapshot snapshot() {
        checkUsable();
        return new SimSnapshot(shareRows());
    }

    /** From now on a write copies the rows first, so that whoever got them here keeps seeing them as they are. */
    private Map<Family, NavigableMap<byte[], byte[]>> shareRows() {
        rowsShared = true;
        return rows;
    }

    @Override
    public Future<Void> write(RecordBatch batch, Durability durability) {
        durability.requireFits(batch);
        StoreFailedException unusable = unusable();
        if (unusable != null) {
            return Future.failedFuture(unusable);
        }
        if (random.chance(busyChance)) {
            return Future.failedFuture(new StoreBusyException("the simulated disk is busy"));
        }
        Write write = new Write(batch, durability, loops.current(), Promise.promise());
        return durability == Durability.REPLAYED ? replay(write) : enqueue(write);
    }

    private Future<Void> replay(Write write) {
        if (deferred == 0 && !random.chance(DEFERRED_CHANCE)) {
            applyReplayed(write);
            return Future.succeededFuture();
        }
        deferred++;
        deferredWrites.add(write);
        later(this::replayOldest);
        return write.promise().future();
    }

    private void replayOldest() {
        Write write = deferredWrites.remove();
        if (failure == null) {
            applyReplayed(write);
        }
        settle(write, failure, () -> deferred--);
    }

    private void applyReplayed(Write write) {
        disk.replayed(write.batch());
        apply(write.batch());
    }

    private Future<Void> enqueue(Write write) {
        queue.add(write);
        startGroup();
        return write.promise().future();
    }

    private void startGroup() {
        if (!writing && !queue.isEmpty()) {
            writing = true;
            later(this::writeGroup);
        }
    }

    private void writeGroup() {
        List<Write> group = List.copyOf(queue);
        queue.clear();
        if (failure == null) {
            group.forEach(write -> disk.written(write.batch()));
        }
        later(() -> endGroup(group));
    }

    private void endGroup(List<Write> group) {
        if (failure == null) {
            sync(group);
        }
        group.forEach(write -> settle(write, failure, () -> {}));
        writing = false;
        startGroup();
    }

    private void sync(List<Write> group) {
        if (group.stream().anyMatch(write -> write.durability() == Durability.SYNCED)) {
            if (syncFails()) {
                return;
            }
            disk.synced(disk.unsyncedCount());
        }
        group.forEach(write -> apply(write.batch()));
    }

    private boolean syncFails() {
        syncs++;
        if (failNextSync) {
            failNextSync = false;
            failure = new StoreFailedException("the simulated sync failed");
        }
        return failure != null;
    }

    private void apply(RecordBatch batch) {
        if (rowsShared) {
            rows = SimRecordDisk.copyOf(rows);
            rowsShared = false;
        }
        SimRecordDisk.apply(batch, rows);
    }

    @Override
    public Future<Void> flush() {
        StoreFailedException unusable = unusable();
        if (unusable != null) {
            return Future.failedFuture(unusable);
        }
        Write flush = new Write(new RecordBatch(), Durability.REPLAYED, loops.current(), Promise.promise());
        flushWhenNothingIsDeferred(flush);
        return flush.promise().future();
    }

    private void flushWhenNothingIsDeferred(Write flush) {
        later(() -> {
            if (deferred > 0 && failure == null && !closed) {
                flushWhenNothingIsDeferred(flush);
                return;
            }
            if (failure == null && !syncFails()) {
                disk.flushed(disk.unflushedCount());
            }
            settle(flush, failure, () -> {});
        });
    }

    private void settle(Write write, @Nullable StoreFailedException outcome, Runnable then) {
        Consumer<Promise<Void>> settling = outcome == null ? Promise::complete : promise -> promise.fail(outcome);
        write.loop().execute(() -> {
            settling.accept(write.promise());
            then.run();
        });
    }

    /** What the process has yet to do dies with it. */
    private void later(Runnable task) {
        scheduler.after(random.nextLong(0, delayNanosMax + 1), () -> {
            if (!loops.isKilled()) {
                task.run();
            }
        });
    }

    @Override
    public long approximateBytes(Family family) {
        return SimRecordDisk.rowsOf(rows, family).entrySet().stream()
                .mapToLong(row -> row.getKey().length + row.getValue().length)
                .sum();
    }

    /** Takes nothing more. What was taken completes when the scheduler runs. */
    @Override
    public void close() {
        closed = true;
    }

    private void checkUsable() {
        StoreFailedException unusable = unusable();
        if (unusable != null) {
            throw unusable;
        }
    }

    private @Nullable StoreFailedException unusable() {
        return closed ? new StoreFailedException("the records are closed") : failure;
    }

    private final class SimSnapshot implements Snapshot {
        private final Map<Family, NavigableMap<byte[], byte[]>> seen;

        SimSnapshot(Map<Family, NavigableMap<byte[], byte[]>> seen) {
            this.seen = seen;
        }

        @Override
        public byte @Nullable [] get(Family family, byte[] key, ReadTier tier) {
            checkUsable();
            return SimRecordStore.this.get(seen, family, key, tier);
        }

        @Override
        public Cursor scan(Family family, byte[] from, byte @Nullable [] to) {
            checkUsable();
            return SimRecordStore.this.scan(seen, family, from, to);
        }

        @Override
        public void close() {}
    }
}
