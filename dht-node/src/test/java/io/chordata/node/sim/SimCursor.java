package io.chordata.node.sim;

import io.chordata.node.core.RecordStore.Cursor;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A scan over rows that no longer change. */
final class SimCursor implements Cursor {
    private final NavigableMap<byte[], byte[]> rows;
    private final byte @Nullable [] to;
    private final Consumer<byte[]> check;
    private byte @Nullable [] seekKey;
    private Map.@Nullable Entry<byte[], byte[]> current;

    /** @param check of each key that it comes to */
    SimCursor(NavigableMap<byte[], byte[]> rows, byte[] from, byte @Nullable [] to, Consumer<byte[]> check) {
        this.rows = rows;
        this.to = to;
        this.check = check;
        this.seekKey = from;
    }

    @Override
    public boolean next() {
        if (seekKey != null) {
            current = rows.ceilingEntry(seekKey);
            seekKey = null;
        } else if (current != null) {
            current = rows.higherEntry(current.getKey());
        }
        if (current != null && to != null && Arrays.compareUnsigned(current.getKey(), to) >= 0) {
            current = null;
        }
        if (current != null) {
            check.accept(current.getKey());
        }
        return current != null;
    }

    @Override
    public void seek(byte[] key) {
        byte[] floor = seekKey != null ? seekKey : current == null ? null : current.getKey();
        if (floor != null && Arrays.compareUnsigned(key, floor) > 0) {
            seekKey = key;
        }
    }

    @Override
    public byte[] key() {
        return entry().getKey().clone();
    }

    @Override
    public byte[] value() {
        return entry().getValue().clone();
    }

    private Map.Entry<byte[], byte[]> entry() {
        if (current == null) {
            throw new IllegalStateException("the cursor stands on no row");
        }
        return current;
    }

    @Override
    public void close() {}
}
