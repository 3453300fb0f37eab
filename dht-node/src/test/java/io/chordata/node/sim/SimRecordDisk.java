package io.chordata.node.sim;

import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordBatch.Delete;
import io.chordata.node.core.RecordBatch.DeleteRange;
import io.chordata.node.core.RecordBatch.Put;
import io.chordata.node.core.RecordStore.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SimRecordStore} leaves behind when its process dies: the rows that are durable, and the batches on their
 * way there, of which {@link #crash} keeps some prefix. The logged families and STATE are two orders, as in the real
 * store.
 */
public final class SimRecordDisk {
    /** The last byte of the number of the partition, which keys begin with. */
    private static final int PARTITION_END = 3;

    private final Map<Family, NavigableMap<byte[], byte[]>> durable = newRows();
    private final List<RecordBatch> unsynced = new ArrayList<>();
    private final List<RecordBatch> unflushed = new ArrayList<>();
    private long lostBatches;
    private boolean syncsIgnored;
    private byte @Nullable [] rotten;

    /** What is durable; null if there is nothing. */
    public byte @Nullable [] get(Family family, byte[] key) {
        return rowsOf(durable, family).get(key);
    }

    /** Another disk with what is durable on this one. */
    public SimRecordDisk copy() {
        SimRecordDisk copy = new SimRecordDisk();
        copy.durable.putAll(rows());
        return copy;
    }

    /** Of each order some seeded prefix of what was not durable survives, perhaps all, perhaps nothing. */
    public void crash(SimRandom random) {
        keep(unsynced, random.nextInt(unsynced.size() + 1));
        keep(unflushed, random.nextInt(unflushed.size() + 1));
    }

    /** The process is gone, its machine goes on: what it had written stays, applied rows that were in its memory may not. */
    public void killed(SimRandom random) {
        keep(unsynced, unsynced.size());
        keep(unflushed, random.nextInt(unflushed.size() + 1));
    }

    private void keep(List<RecordBatch> pending, int count) {
        lostBatches += pending.size() - count;
        settle(pending, count);
        pending.clear();
    }

    /** One row of what was synced or flushed last of some partition can be read no more; false if there is none. */
    public boolean rot(SimRandom random) {
        NavigableMap<byte[], byte[]> rows = rowsOf(durable, random.chance(0.7) ? Family.LOG : Family.STATE);
        if (rows.isEmpty()) {
            return false;
        }
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        int at = random.nextInt(keys.size());
        while (at + 1 < keys.size() && keys.get(at)[PARTITION_END] == keys.get(at + 1)[PARTITION_END]) {
            at++;
        }
        rotten = keys.get(at);
        return true;
    }

    public boolean isRotten() {
        return rotten != null;
    }

    boolean isRotten(byte[] key) {
        return rotten != null && Arrays.equals(rotten, key);
    }

    /** How many batches the crashes took so far. */
    public long lostBatches() {
        return lostBatches;
    }

    void written(RecordBatch batch) {
        unsynced.add(batch);
    }

    int unsyncedCount() {
        return unsynced.size();
    }

    /** Syncs succeed and do nothing from now on. */
    public void ignoreSyncs() {
        syncsIgnored = true;
    }

    /** The oldest {@code count} batches are synced. */
    void synced(int count) {
        if (!syncsIgnored) {
            settle(unsynced, count);
        }
    }

    void replayed(RecordBatch batch) {
        unflushed.add(batch);
    }

    int unflushedCount() {
        return unflushed.size();
    }

    /** The oldest {@code count} batches of applied rows are flushed. */
    void flushed(int count) {
        settle(unflushed, count);
    }

    private void settle(List<RecordBatch> pending, int count) {
        List<RecordBatch> oldest = pending.subList(0, count);
        oldest.forEach(batch -> apply(batch, durable));
        oldest.clear();
    }

    Map<Family, NavigableMap<byte[], byte[]>> rows() {
        return copyOf(durable);
    }

    static Map<Family, NavigableMap<byte[], byte[]>> copyOf(Map<Family, NavigableMap<byte[], byte[]>> rows) {
        Map<Family, NavigableMap<byte[], byte[]>> copy = newRows();
        rows.forEach((family, ofFamily) -> rowsOf(copy, family).putAll(ofFamily));
        return copy;
    }

    private static Map<Family, NavigableMap<byte[], byte[]>> newRows() {
        Map<Family, NavigableMap<byte[], byte[]>> rows = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            rows.put(family, new TreeMap<>(Arrays::compareUnsigned));
        }
        return rows;
    }

    static NavigableMap<byte[], byte[]> rowsOf(Map<Family, NavigableMap<byte[], byte[]>> rows, Family family) {
        NavigableMap<byte[], byte[]> ofFamily = rows.get(family);
        if (ofFamily == null) {
            throw new IllegalArgumentException("no family " + family);
        }
        return ofFamily;
    }

    static void apply(RecordBatch batch, Map<Family, NavigableMap<byte[], byte[]>> rows) {
        batch.forEach(new RecordBatch.Visitor() {
            @Override
            public void put(Put put) {
                rowsOf(rows, put.family()).put(put.key(), put.value());
            }

            @Override
            public void delete(Delete delete) {
                rowsOf(rows, delete.family()).remove(delete.key());
            }

            @Override
            public void deleteRange(DeleteRange range) {
                if (Arrays.compareUnsigned(range.from(), range.to()) < 0) {
                    rowsOf(rows, range.family())
                            .subMap(range.from(), range.to())
                            .clear();
                }
            }
        });
    }
}
