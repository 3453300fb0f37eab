package io.chordata.node.object.rules;

import io.chordata.node.core.BodyId;
import io.chordata.node.partition.StateMachine.RowCursor;
import io.chordata.node.partition.StateMachine.RowWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of one partition, in sorted maps. Counts what scans step over. */
public final class MapRows implements RowWriter {
    private final NavigableMap<Integer, NavigableMap<byte[], byte[]>> tables = new TreeMap<>();
    private final List<BodyId> dropped = new ArrayList<>();
    private int steps;

    @Override
    public byte @Nullable [] get(int table, byte[] key) {
        return table(table).get(key);
    }

    @Override
    public RowCursor scan(int table, byte[] from, byte @Nullable [] to) {
        NavigableMap<byte[], byte[]> rows = new TreeMap<>(table(table).tailMap(from, true));
        return new Cursor(to == null ? rows : rows.headMap(to, false));
    }

    @Override
    public void put(int table, byte[] key, byte[] value) {
        table(table).put(key, value);
    }

    @Override
    public void delete(int table, byte[] key) {
        table(table).remove(key);
    }

    @Override
    public void drop(BodyId body) {
        dropped.add(body);
    }

    /** Bodies dropped since the last call. */
    public List<BodyId> takeDropped() {
        List<BodyId> taken = List.copyOf(dropped);
        dropped.clear();
        return taken;
    }

    public int count(int table) {
        return table(table).size();
    }

    /** Rows that scans stood on so far. */
    int steps() {
        return steps;
    }

    /** Equal for equal rows. */
    public String digest() {
        StringBuilder text = new StringBuilder();
        tables.forEach((table, rows) -> rows.forEach((key, value) -> text.append(table)
                .append(' ')
                .append(Arrays.hashCode(key))
                .append(' ')
                .append(Arrays.hashCode(value))
                .append('\n')));
        return text.toString();
    }

    /** A line for each row: its table, then key and value in hex. */
    String text() {
        StringBuilder text = new StringBuilder();
        tables.forEach((table, rows) -> rows.forEach((key, value) -> text.append(table)
                .append(' ')
                .append(HexFormat.of().formatHex(key))
                .append(' ')
                .append(HexFormat.of().formatHex(value))
                .append('\n')));
        return text.toString();
    }

    private NavigableMap<byte[], byte[]> table(int table) {
        return tables.computeIfAbsent(table, number -> new TreeMap<>(Arrays::compareUnsigned));
    }

    private final class Cursor implements RowCursor {
        private final NavigableMap<byte[], byte[]> rows;
        private Map.@Nullable Entry<byte[], byte[]> current;
        private byte @Nullable [] sought;
        private boolean ended;

        Cursor(NavigableMap<byte[], byte[]> rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            if (sought != null) {
                byte[] target = current != null && Arrays.compareUnsigned(sought, current.getKey()) <= 0
                        ? current.getKey()
                        : sought;
                current = target == sought ? rows.ceilingEntry(target) : rows.higherEntry(target);
                sought = null;
            } else if (!ended) {
                current = current == null ? rows.firstEntry() : rows.higherEntry(current.getKey());
            }
            ended = current == null;
            steps++;
            return !ended;
        }

        @Override
        public void seek(byte[] key) {
            sought = key;
        }

        @Override
        public byte[] key() {
            return Objects.requireNonNull(current).getKey().clone();
        }

        @Override
        public byte[] value() {
            return Objects.requireNonNull(current).getValue().clone();
        }

        @Override
        public void close() {
            ended = true;
        }
    }
}
