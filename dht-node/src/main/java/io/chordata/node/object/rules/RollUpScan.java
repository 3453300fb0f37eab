package io.chordata.node.object.rules;

import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.partition.StateMachine.RowCursor;
import io.chordata.node.partition.StateMachine.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One page over the rows of a shard in order of object key. Keys that have the delimiter behind the prefix roll up into
 * common prefixes; what lies under one is passed by a single seek, however much it is.
 */
final class RollUpScan {
    private final Rows rows;
    private final int table;
    private final Shard shard;
    private final byte[] prefix;
    private final byte[] delimiter;

    /** Takes what is found, in order. */
    interface Sink {
        void row(byte[] key, RowCursor row);

        void commonPrefix(byte[] commonPrefix);
    }

    RollUpScan(Rows rows, int table, Shard shard, byte[] prefix, byte[] delimiter) {
        this.rows = rows;
        this.table = table;
        this.shard = shard;
        this.prefix = prefix;
        this.delimiter = delimiter;
    }

    /**
     * @param marker the object key behind which the page begins; empty for the first page. A common prefix that is not
     *     greater is behind, too, with everything under it
     * @param markerRow where the rows behind {@code marker} begin
     * @return true if more than {@code max} were there
     */
    boolean page(byte[] marker, byte[] markerRow, int max, Sink sink) {
        byte[] from = begin(marker, markerRow);
        byte[] to = RowKeys.behindAll(RowKeys.from(shard, prefix));
        if (from == null || to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return false;
        }
        try (RowCursor cursor = rows.scan(table, from, to)) {
            return walk(cursor, max, sink);
        }
    }

    private boolean walk(RowCursor cursor, int max, Sink sink) {
        for (int found = 0; cursor.next(); found++) {
            if (found == max) {
                return true;
            }
            byte[] key = RowKeys.objectKeyOf(cursor.key());
            int end = rollUpEnd(key);
            if (end < 0) {
                sink.row(key, cursor);
                continue;
            }
            byte[] commonPrefix = Arrays.copyOf(key, end);
            sink.commonPrefix(commonPrefix);
            byte[] behind = behind(commonPrefix);
            if (behind == null) {
                return false;
            }
            cursor.seek(behind);
        }
        return false;
    }

    private byte @Nullable [] begin(byte[] marker, byte[] markerRow) {
        byte[] first = RowKeys.from(shard, prefix);
        if (marker.length == 0) {
            return first;
        }
        int end = startsWithPrefix(marker) ? rollUpEnd(marker) : -1;
        byte[] behind = end < 0 ? markerRow : behind(Arrays.copyOf(marker, end));
        return behind == null || Arrays.compareUnsigned(behind, first) > 0 ? behind : first;
    }

    private byte @Nullable [] behind(byte[] commonPrefix) {
        return RowKeys.behindAll(RowKeys.from(shard, commonPrefix));
    }

    private boolean startsWithPrefix(byte[] key) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Where the common prefix of the key ends, -1 if it has none. */
    private int rollUpEnd(byte[] key) {
        if (delimiter.length == 0) {
            return -1;
        }
        for (int i = prefix.length; i + delimiter.length <= key.length; i++) {
            if (Arrays.equals(key, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i + delimiter.length;
            }
        }
        return -1;
    }
}
