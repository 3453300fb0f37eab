package io.chordata.node.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Reads the frame of one of RocksDB's log files, in constant memory. A file is a row
 * of blocks of 32 KiB; a block holds records of checksum (4 bytes), length (2), type (1) and content, and up to 6 bytes
 * of padding; a group is one FULL record or a FIRST, MIDDLEs and a LAST; it begins with its sequence number (8 bytes) and
 * its number of rows (4). All little-endian. Source: RocksDB wiki, "Write Ahead Log File Format"; {@code db/log_format.h},
 * {@code db/write_batch.cc}.
 */
final class WalFile {
    /** Told what a file holds, in order. */
    interface Visitor {
        /** A whole group: {@code rows} rows from {@code sequence} on. */
        void group(long offset, long sequence, int rows);

        /** From {@code offset} on something is not as it was written; may be told more than once. */
        void damage(long offset);
    }

    private static final int BLOCK_BYTES = 32 << 10;
    private static final int HEADER_BYTES = 7;
    private static final int LENGTH_AT = 4;
    private static final int TYPE_AT = 6;
    private static final int CRC_MASK_DELTA = 0xa282ead8;

    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;

    private static final int ROWS_AT = 8;
    private static final int PREFIX_BYTES = 12;

    private final Path file;
    private final Visitor visitor;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long blockOffset;

    /** Where the group under way began, or -1. */
    private long groupOffset = -1;

    private WalFile(Path file, Visitor visitor) {
        this.file = file;
        this.visitor = visitor;
    }

    /** @throws IOException if the file cannot be read, or is of a kind that this class does not know */
    static void read(Path file, Visitor visitor) throws IOException {
        new WalFile(file, visitor).read();
    }

    private void read() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (fill(channel)) {
                readBlock();
                blockOffset += block.limit();
            }
        }
        if (groupOffset >= 0) {
            damageAt(blockOffset);
        }
    }

    private boolean fill(FileChannel channel) throws IOException {
        block.clear();
        while (block.hasRemaining() && channel.read(block) >= 0) {
            continue;
        }
        block.flip();
        return block.hasRemaining();
    }

    private void readBlock() throws IOException {
        int at = 0;
        while (block.limit() - at >= HEADER_BYTES) {
            int length = block.getShort(at + LENGTH_AT) & 0xffff;
            int end = at + HEADER_BYTES + length;
            int type = block.get(at + TYPE_AT);
            if (end > block.limit() || type == 0) {
                damageAt(blockOffset + at);
                return;
            }
            if (checksumMatches(at, end)) {
                fragment(type, at, end);
            } else {
                damageAt(blockOffset + at);
            }
            at = end;
        }
        if (at < block.limit() && block.limit() < BLOCK_BYTES) {
            damageAt(blockOffset + at);
        }
    }

    private boolean checksumMatches(int at, int end) {
        CRC32C crc = new CRC32C();
        crc.update(block.array(), at + TYPE_AT, end - at - TYPE_AT);
        int plain = (int) crc.getValue();
        int masked = ((plain >>> 15) | (plain << 17)) + CRC_MASK_DELTA;
        return masked == block.getInt(at);
    }

    private void fragment(int type, int at, int end) throws IOException {
        if (type > LAST || type < FULL) {
            throw new IOException("unknown record type " + (type & 0xff) + " at " + (blockOffset + at) + " of " + file);
        }
        boolean begins = type == FULL || type == FIRST;
        if (begins == (groupOffset >= 0)) {
            damageAt(blockOffset + at);
        }
        if (begins) {
            groupOffset = blockOffset + at;
            prefix.clear();
        }
        if (groupOffset >= 0) {
            int wanted = Math.min(prefix.remaining(), end - at - HEADER_BYTES);
            prefix.put(block.array(), at + HEADER_BYTES, wanted);
            if (type == FULL || type == LAST) {
                endGroup();
            }
        }
    }

    private void endGroup() {
        long offset = groupOffset;
        groupOffset = -1;
        prefix.flip();
        if (prefix.limit() < PREFIX_BYTES) {
            visitor.damage(offset);
            return;
        }
        visitor.group(offset, prefix.getLong(0), prefix.getInt(ROWS_AT));
    }

    private void damageAt(long offset) {
        visitor.damage(groupOffset >= 0 ? groupOffset : offset);
        groupOffset = -1;
    }
}
