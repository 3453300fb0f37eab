package io.chordata.node.partition;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a run of entries, held in memory above the rows that they change. Nothing reaches the store before
 * {@link #addTo}, so a run that met a cold read is thrown away and repeated.
 */
final class BufferedRows implements StateMachine.RowWriter {
    private static final byte[] DELETED = new byte[0];

    private final PartitionRows below;
    /** By row key; a deleted row has this very {@link #DELETED} array, an empty value another one. */
    private final NavigableMap<byte[], byte[]> changes = new TreeMap<>(Arrays::compareUnsigned);

    /** Deleted as a whole, before the changes are made. */
    private final List<Range> deletedRanges = new ArrayList<>();

    private List<BodyId> drops = new ArrayList<>();

    private record Range(byte[] from, byte[] to) {}

    BufferedRows(PartitionRows below) {
        this.below = below;
    }

    @Override
    public byte @Nullable [] get(int table, byte[] key) {
        byte[] rowKey = below.rowKey(table, key);
        byte[] changed = changes.get(rowKey);
        if (changed == null) {
            return below.getRow(rowKey);
        }
        return isDeleted(changed) ? null : changed;
    }

    @Override
    public StateMachine.RowCursor scan(int table, byte[] from, byte @Nullable [] to) {
        byte[] first = below.rowKey(table, from);
        byte[] end = below.end(table, to);
        return new MergedCursor(below.scanRows(first, end), table, first, end);
    }

    @Override
    public void put(int table, byte[] key, byte[] value) {
        changes.put(below.rowKey(table, key), value.length == 0 ? new byte[0] : value);
    }

    @Override
    public void delete(int table, byte[] key) {
        changes.put(below.rowKey(table, key), DELETED);
    }

    /** Deletes the rows with keys in [{@code from}, {@code to}). Only for rows that are not read again. */
    void deleteRange(int table, byte[] from, byte[] to) {
        Range range = new Range(below.rowKey(table, from), below.rowKey(table, to));
        changes.subMap(range.from(), range.to()).clear();
        deletedRanges.add(range);
    }

    @Override
    public void drop(BodyId body) {
        drops.add(body);
    }

    /** What was dropped since the last call. */
    List<BodyId> takeDrops() {
        List<BodyId> taken = drops;
        drops = new ArrayList<>();
        return taken;
    }

    void addTo(RecordBatch batch) {
        deletedRanges.forEach(range -> batch.deleteRange(Family.STATE, range.from(), range.to()));
        changes.forEach((rowKey, value) -> {
            if (isDeleted(value)) {
                batch.delete(Family.STATE, rowKey);
            } else {
                batch.put(Family.STATE, rowKey, value);
            }
        });
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isDeleted(byte[] value) {
        return value == DELETED;
    }

    /**
     * Merges the rows below with the changes. It looks the next change up by key rather than by iterator, so that rows
     * may be changed while a scan over them is open.
     */
    private final class MergedCursor implements StateMachine.RowCursor {
        private final Cursor stored;
        private final int table;
        private final byte[] end;
        /** The next row to consider is at this key, or behind it if {@link #passed}. */
        private byte[] position;

        private boolean passed;
        /** Read from {@link #stored} but not yet given out; null: the next is to be read. */
        private byte @Nullable [] storedKey;

        private boolean storedEnded;
        private byte[] value = DELETED;

        MergedCursor(Cursor stored, int table, byte[] from, byte[] end) {
            this.stored = stored;
            this.table = table;
            this.end = end;
            this.position = from;
        }

        @Override
        public boolean next() {
            while (true) {
                Map.Entry<byte[], byte[]> change = nextChange();
                byte[] row = nextStored();
                if (row != null && (change == null || Arrays.compareUnsigned(row, change.getKey()) < 0)) {
                    moveTo(row, stored.value());
                    return true;
                }
                if (change == null) {
                    return false;
                }
                moveTo(change.getKey(), change.getValue());
                if (!isDeleted(value)) {
                    return true;
                }
            }
        }

        private void moveTo(byte[] rowKey, byte[] newValue) {
            position = rowKey;
            passed = true;
            value = newValue;
        }

        private Map.@Nullable Entry<byte[], byte[]> nextChange() {
            Map.Entry<byte[], byte[]> change = passed ? changes.higherEntry(position) : changes.ceilingEntry(position);
            return change != null && Arrays.compareUnsigned(change.getKey(), end) < 0 ? change : null;
        }

        /** The first stored row that is still to come. */
        private byte @Nullable [] nextStored() {
            while (!storedEnded && (storedKey == null || isBehind(storedKey))) {
                storedEnded = !stored.next();
                storedKey = storedEnded ? null : stored.key();
            }
            return storedKey;
        }

        private boolean isBehind(byte[] rowKey) {
            int order = Arrays.compareUnsigned(rowKey, position);
            return passed ? order <= 0 : order < 0;
        }

        @Override
        public void seek(byte[] key) {
            byte[] target = below.rowKey(table, key);
            if (Arrays.compareUnsigned(target, position) <= 0) {
                return;
            }
            position = target;
            passed = false;
            if (!storedEnded && (storedKey == null || isBehind(storedKey))) {
                stored.seek(target);
                storedKey = null;
            }
        }

        @Override
        public byte[] key() {
            return PartitionKeys.keyOfRow(position);
        }

        @Override
        public byte[] value() {
            return value;
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}
