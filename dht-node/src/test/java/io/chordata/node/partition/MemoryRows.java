package io.chordata.node.partition;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plainest rows there can be, by which the others are judged. */
final class MemoryRows implements StateMachine.RowWriter {
    private final PartitionId partition;
    private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

    MemoryRows(PartitionId partition) {
        this.partition = partition;
    }

    void putRow(byte[] rowKey, byte[] value) {
        rows.put(rowKey, value);
    }

    @Override
    public byte @Nullable [] get(int table, byte[] key) {
        return rows.get(rowKey(table, key));
    }

    @Override
    public StateMachine.RowCursor scan(int table, byte[] from, byte @Nullable [] to) {
        byte[] end = to == null ? PartitionKeys.tableEnd(partition, 0, table) : rowKey(table, to);
        byte[] first = rowKey(table, from);
        NavigableMap<byte[], byte[]> range = new TreeMap<>(Arrays::compareUnsigned);
        if (Arrays.compareUnsigned(first, end) < 0) {
            range.putAll(rows.subMap(first, end));
        }
        return new MemoryCursor(range, table);
    }

    @Override
    public void put(int table, byte[] key, byte[] value) {
        rows.put(rowKey(table, key), value);
    }

    @Override
    public void delete(int table, byte[] key) {
        rows.remove(rowKey(table, key));
    }

    @Override
    public void drop(BodyId body) {}

    private byte[] rowKey(int table, byte[] key) {
        return PartitionKeys.row(partition, 0, table, key);
    }

    /** Equal texts for equal rows. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rows.forEach((key, value) -> text.append(HexFormat.of().formatHex(key))
                .append('=')
                .append(HexFormat.of().formatHex(value))
                .append('\n'));
        return text.toString();
    }

    private final class MemoryCursor implements StateMachine.RowCursor {
        private final NavigableMap<byte[], byte[]> range;
        private final int table;
        private Iterator<Map.Entry<byte[], byte[]>> rest;
        private Map.@Nullable Entry<byte[], byte[]> current;

        MemoryCursor(NavigableMap<byte[], byte[]> range, int table) {
            this.range = range;
            this.table = table;
            this.rest = range.entrySet().iterator();
        }

        @Override
        public boolean next() {
            current = rest.hasNext() ? rest.next() : null;
            return current != null;
        }

        @Override
        public void seek(byte[] key) {
            byte[] target = rowKey(table, key);
            if (current == null || Arrays.compareUnsigned(target, current.getKey()) > 0) {
                rest = range.tailMap(target).entrySet().iterator();
            }
        }

        @Override
        public byte[] key() {
            return PartitionKeys.keyOfRow(row().getKey());
        }

        @Override
        public byte[] value() {
            return row().getValue();
        }

        private Map.Entry<byte[], byte[]> row() {
            if (current == null) {
                throw new IllegalStateException("not at a row");
            }
            return current;
        }

        @Override
        public void close() {}
    }
}
