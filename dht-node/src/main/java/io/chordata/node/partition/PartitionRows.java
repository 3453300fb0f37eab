package io.chordata.node.partition;

import io.chordata.node.core.ColdReadException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import org.jspecify.annotations.Nullable;

/**
 * The applied rows of one partition as the store has them. In the MEMORY tier a scan is a {@link ColdReadException} at
 * once: iterations belong on workers.
 */
final class PartitionRows implements StateMachine.Rows {
    private final PartitionId partition;
    private final long generation;
    private final RecordReader reader;
    private final ReadTier tier;

    PartitionRows(PartitionId partition, long generation, RecordReader reader, ReadTier tier) {
        this.partition = partition;
        this.generation = generation;
        this.reader = reader;
        this.tier = tier;
    }

    @Override
    public byte @Nullable [] get(int table, byte[] key) {
        return getRow(rowKey(table, key));
    }

    @Override
    public StateMachine.RowCursor scan(int table, byte[] from, byte @Nullable [] to) {
        return new RowsCursor(scanRows(rowKey(table, from), end(table, to)), table);
    }

    byte[] rowKey(int table, byte[] key) {
        return PartitionKeys.row(partition, generation, table, key);
    }

    byte[] end(int table, byte @Nullable [] to) {
        return to != null ? rowKey(table, to) : PartitionKeys.tableEnd(partition, generation, table);
    }

    byte @Nullable [] getRow(byte[] rowKey) {
        return reader.get(Family.STATE, rowKey, tier);
    }

    Cursor scanRows(byte[] from, byte[] to) {
        if (tier == ReadTier.MEMORY) {
            throw ColdReadException.INSTANCE;
        }
        return reader.scan(Family.STATE, from, to);
    }

    private final class RowsCursor implements StateMachine.RowCursor {
        private final Cursor cursor;
        private final int table;

        RowsCursor(Cursor cursor, int table) {
            this.cursor = cursor;
            this.table = table;
        }

        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public void seek(byte[] key) {
            cursor.seek(rowKey(table, key));
        }

        @Override
        public byte[] key() {
            return PartitionKeys.keyOfRow(cursor.key());
        }

        @Override
        public byte[] value() {
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
