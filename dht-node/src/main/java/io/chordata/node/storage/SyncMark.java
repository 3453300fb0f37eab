package io.chordata.node.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What each group of the write-ahead log says about those before it: every row up to {@code sequence} was synced when
 * this was written. Lives in the log only, as RocksDB's "log data". Format 1: the magic "CSM1", then the sequence
 * number, 8 bytes, little-endian as all of RocksDB's log.
 */
record SyncMark(long sequence) {
    static final int BYTES = Integer.BYTES + Long.BYTES;

    private static final int MAGIC = 'C' | 'S' << 8 | 'M' << 16 | '1' << 24;

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putLong(sequence)
                .array();
    }

    /** Whether the little-endian buffer holds a mark at {@code offset}. */
    static boolean isAt(ByteBuffer bytes, int offset) {
        return bytes.limit() - offset >= BYTES && bytes.getInt(offset) == MAGIC;
    }

    static SyncMark decode(ByteBuffer bytes, int offset) {
        return new SyncMark(bytes.getLong(offset + Integer.BYTES));
    }
}
