package io.chordata.node.partition;

import io.chordata.node.core.PartitionId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The keys of a partition's records, all numbers big-endian. LOG: (partition u32, index u64), index 0 being the hard
 * state, and followed by one more byte 0 what the log begins behind. STATE: (partition u32, install generation u64) for the applied mark, and the same followed by (table u8, key)
 * for a row. Part of the storage format.
 */
final class PartitionKeys {
    static final int ROW_PREFIX_BYTES = Integer.BYTES + Long.BYTES + 1;
    static final int LOG_KEY_BYTES = Integer.BYTES + Long.BYTES;

    private PartitionKeys() {}

    static byte[] hardState(PartitionId partition) {
        return numbered(partition, 0);
    }

    static byte[] logBase(PartitionId partition) {
        return Arrays.copyOf(hardState(partition), LOG_KEY_BYTES + 1);
    }

    static byte[] logEntry(PartitionId partition, long index) {
        return numbered(partition, index);
    }

    /** Behind the last key that an entry of the partition can have. */
    static byte[] logEnd(PartitionId partition) {
        return ByteBuffer.allocate(LOG_KEY_BYTES).putInt(partition.number() + 1).array();
    }

    static PartitionId partitionOf(byte[] key) {
        return new PartitionId(ByteBuffer.wrap(key).getInt());
    }

    static long indexOf(byte[] logKey) {
        return ByteBuffer.wrap(logKey).getLong(Integer.BYTES);
    }

    static byte[] appliedMark(PartitionId partition, long generation) {
        return numbered(partition, generation);
    }

    static byte[] row(PartitionId partition, long generation, int table, byte[] key) {
        return ByteBuffer.allocate(ROW_PREFIX_BYTES + key.length)
                .putInt(partition.number())
                .putLong(generation)
                .put((byte) checkTable(table))
                .put(key)
                .array();
    }

    /** Behind the last row that any generation can have. */
    static byte[] statesEnd(PartitionId partition) {
        return logEnd(partition);
    }

    /** The first row's key behind {@code suffix}; the first of all if that is empty. */
    static byte[] firstAfter(PartitionId partition, long generation, byte[] suffix) {
        byte[] key = withSuffix(partition, generation, suffix);
        return Arrays.copyOf(key, key.length + 1);
    }

    static byte[] withSuffix(PartitionId partition, long generation, byte[] suffix) {
        return ByteBuffer.allocate(LOG_KEY_BYTES + suffix.length)
                .putInt(partition.number())
                .putLong(generation)
                .put(suffix)
                .array();
    }

    /** Of a row's key what is the same in every generation: (table u8, key). */
    static byte[] suffixOf(byte[] rowKey) {
        return Arrays.copyOfRange(rowKey, LOG_KEY_BYTES, rowKey.length);
    }

    /** Behind the last row that the table can have. */
    static byte[] tableEnd(PartitionId partition, long generation, int table) {
        return checkTable(table) == 0xff
                ? appliedMark(partition, generation + 1)
                : row(partition, generation, table + 1, new byte[0]);
    }

    /** The state machine's own key of a row. */
    static byte[] keyOfRow(byte[] rowKey) {
        return Arrays.copyOfRange(rowKey, ROW_PREFIX_BYTES, rowKey.length);
    }

    private static byte[] numbered(PartitionId partition, long number) {
        return ByteBuffer.allocate(LOG_KEY_BYTES)
                .putInt(partition.number())
                .putLong(number)
                .array();
    }

    private static int checkTable(int table) {
        if (table < 0 || table > 0xff) {
            throw new IllegalArgumentException("tables are 0 to 255, got " + table);
        }
        return table;
    }
}
