package io.chordata.node.storage;

import io.chordata.node.core.StoreFailedException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The first page of a segment file. In every version of the format the page begins with magic (8 bytes), version (4) and
 * a CRC32C (4) of the first 64 bytes without itself, so that a newer version is recognised for what it is. Version 1 goes
 * on with the segment's number, salt and creation time (8 each) and zeros. All numbers are big-endian.
 *
 * @param salt random; repeated in each record, so that bytes of a body are never taken for one
 */
record SegmentHeader(long segment, long salt, long createdMillis) {
    static final int BYTES = 4096;
    static final int CHECKED_BYTES = 64;

    private static final long MAGIC = 0x43484f5244534547L; // CHORDSEG
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = 12;

    /** The whole page, ready to be written. */
    ByteBuffer encode() {
        ByteBuffer page = ByteBuffer.allocate(BYTES);
        page.putLong(MAGIC)
                .putInt(VERSION)
                .putInt(0)
                .putLong(segment)
                .putLong(salt)
                .putLong(createdMillis);
        page.putInt(CRC_OFFSET, Checksums.crcWithout(page, 0, CHECKED_BYTES, CRC_OFFSET));
        return page.clear();
    }

    /**
     * @param page at least the first {@link #CHECKED_BYTES} of the file
     * @return null if this is no whole header
     * @throws StoreFailedException if it is one of a newer version
     */
    static @Nullable SegmentHeader decode(String file, ByteBuffer page) {
        if (page.remaining() < CHECKED_BYTES
                || page.getLong(page.position()) != MAGIC
                || page.getInt(page.position() + CRC_OFFSET)
                        != Checksums.crcWithout(page, page.position(), CHECKED_BYTES, CRC_OFFSET)) {
            return null;
        }
        int version = page.getInt(page.position() + Long.BYTES);
        if (version != VERSION) {
            throw new StoreFailedException("segment file " + file + " has format version " + version
                    + ", this program reads " + VERSION + "; start the newer program again. Nothing was changed.");
        }
        int fields = page.position() + 2 * Long.BYTES;
        return new SegmentHeader(page.getLong(fields), page.getLong(fields + 8), page.getLong(fields + 16));
    }
}
