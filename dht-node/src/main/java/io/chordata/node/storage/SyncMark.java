package io.chordata.node.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * What each group of the write-ahead log says about those before it: every row up to {@code sequence} was synced when
 * this was written. Lives in the log only, as RocksDB's "log data". It is found again byte by byte, without the log's
 * frame, which may be what is damaged; so it has a checksum of its own, and names its database by a number that clients
 * cannot know and put into an object.
 *
 * <p>Format 1: the magic "CSM1", the database's number (8 bytes), the sequence number (8), CRC32C of all that (4); little-
 * endian like all of RocksDB's log.
 */
record SyncMark(long database, long sequence) {
    private static final int MAGIC = 'C' | 'S' << 8 | 'M' << 16 | '1' << 24;
    private static final int CHECKED_BYTES = Integer.BYTES + 2 * Long.BYTES;
    private static final int BYTES = CHECKED_BYTES + Integer.BYTES;

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putLong(database)
                .putLong(sequence);
        return bytes.putInt(checksum(bytes, 0)).array();
    }

    /** Calls {@code onSequence} for each mark of this database in the bytes. */
    static void find(long database, ByteBuffer bytes, LongConsumer onSequence) {
        ByteBuffer search = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int at = search.position(); at + BYTES <= search.limit(); at++) {
            if (search.getInt(at) == MAGIC
                    && search.getLong(at + Integer.BYTES) == database
                    && search.getInt(at + CHECKED_BYTES) == checksum(search, at)) {
                onSequence.accept(search.getLong(at + Integer.BYTES + Long.BYTES));
            }
        }
    }

    private static int checksum(ByteBuffer bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().clear().position(at).limit(at + CHECKED_BYTES));
        return (int) crc.getValue();
    }
}
