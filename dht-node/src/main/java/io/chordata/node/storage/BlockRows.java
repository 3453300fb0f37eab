package io.chordata.node.storage;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.UploadId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the block store's rows. Keys begin with the table's number and go on with big-endian numbers, so
 * that their order is that of (partition, body, index) or of the segments. Values begin with their version; numbers are
 * in the base-128 form of Protocol Buffers, because there may be hundreds of millions of rows.
 */
final class BlockRows {
    static final byte BLOCKS = 1;
    static final byte SEGMENTS = 2;
    static final byte QUARANTINE = 3;

    private static final int VERSION = 1;
    private static final int KEY_BYTES = 1 + Integer.BYTES + Uint128.BYTES + Integer.BYTES;
    private static final int NUMBER_BYTES_MAX = 10;
    private static final int PLAIN = 0;
    private static final int HAS_UPLOAD = 1;

    private BlockRows() {}

    /** The first key of a table; that of the next number is behind its last. */
    static byte[] tableKey(int table) {
        return new byte[] {(byte) table};
    }

    static byte[] blockKey(byte table, BlockRef block) {
        return blockKey(table, block.partition(), block.body(), block.index());
    }

    /** Behind the last block of the body: indexes are not negative, and the order is unsigned. */
    static byte[] bodyEnd(byte table, PartitionId partition, BodyId body) {
        return blockKey(table, partition, body, Integer.MIN_VALUE);
    }

    static byte[] bodyStart(byte table, PartitionId partition, BodyId body) {
        return blockKey(table, partition, body, 0);
    }

    private static byte[] blockKey(byte table, PartitionId partition, BodyId body, int index) {
        return ByteBuffer.allocate(KEY_BYTES)
                .put(table)
                .putInt(partition.number())
                .put(body.value().toBytes())
                .putInt(index)
                .array();
    }

    static BlockRef blockOf(byte[] key) {
        ByteBuffer from = ByteBuffer.wrap(key, 1, key.length - 1);
        PartitionId partition = new PartitionId(from.getInt());
        return new BlockRef(partition, new BodyId(getUint128(from)), from.getInt());
    }

    static byte[] segmentKey(long segment) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(SEGMENTS)
                .putLong(segment)
                .array();
    }

    static byte[] encode(BlockRow row) {
        BlockOwner owner = row.owner();
        UploadId upload = owner.upload();
        ByteBuffer to =
                ByteBuffer.allocate(2 + Integer.BYTES + 2 * Uint128.BYTES + 6 * NUMBER_BYTES_MAX + owner.key().length);
        to.put((byte) VERSION).put((byte) (upload == null ? PLAIN : HAS_UPLOAD));
        putNumber(to, row.segment());
        putNumber(to, row.offset());
        putNumber(to, row.headerBytes());
        to.putInt(row.headerCrc());
        putNumber(to, row.bodyBytes());
        putUint128(to, owner.bucket().value());
        if (upload != null) {
            putUint128(to, upload.value());
        }
        putNumber(to, owner.part());
        putNumber(to, owner.startedMillis());
        to.put(owner.key());
        return written(to);
    }

    static BlockRow decodeBlock(byte[] value) {
        try {
            ByteBuffer from = checkVersion("block", value);
            boolean hasUpload = from.get() == HAS_UPLOAD;
            long segment = getNumber(from);
            long offset = getNumber(from);
            int headerBytes = (int) getNumber(from);
            int headerCrc = from.getInt();
            int bodyBytes = (int) getNumber(from);
            BucketId bucket = new BucketId(getUint128(from));
            @Nullable UploadId upload = hasUpload ? new UploadId(getUint128(from)) : null;
            int part = (int) getNumber(from);
            long started = getNumber(from);
            byte[] key = new byte[from.remaining()];
            from.get(key);
            BlockOwner owner = new BlockOwner(bucket, key, upload, part, started);
            return new BlockRow(segment, offset, headerBytes, headerCrc, bodyBytes, owner);
        } catch (BufferUnderflowException e) {
            throw new StoreFailedException("a block's index row ends early; restore records/ from a good copy", e);
        }
    }

    static byte[] encode(SegmentRow row) {
        ByteBuffer to = ByteBuffer.allocate(1 + Long.BYTES + 5 * NUMBER_BYTES_MAX);
        to.put((byte) VERSION).putLong(row.salt());
        putNumber(to, row.watermark());
        putNumber(to, row.commit());
        putNumber(to, row.liveBlocks());
        putNumber(to, row.liveBytes());
        putNumber(to, row.quarantined());
        return written(to);
    }

    static SegmentRow decodeSegment(byte[] key, byte[] value) {
        try {
            ByteBuffer from = checkVersion("segment", value);
            long salt = from.getLong();
            return new SegmentRow(
                    ByteBuffer.wrap(key).getLong(1),
                    salt,
                    getNumber(from),
                    getNumber(from),
                    getNumber(from),
                    getNumber(from),
                    getNumber(from));
        } catch (BufferUnderflowException e) {
            throw new StoreFailedException("a segment's index row ends early; restore records/ from a good copy", e);
        }
    }

    private static ByteBuffer checkVersion(String what, byte[] value) {
        ByteBuffer from = ByteBuffer.wrap(value);
        int version = from.get();
        if (version != VERSION) {
            throw new StoreFailedException("a " + what + "'s index row has format version " + version
                    + ", this program reads " + VERSION + "; start the newer program again");
        }
        return from;
    }

    private static byte[] written(ByteBuffer to) {
        byte[] bytes = new byte[to.position()];
        to.flip().get(bytes);
        return bytes;
    }

    private static void putNumber(ByteBuffer to, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            to.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    private static long getNumber(ByteBuffer from) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = from.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new StoreFailedException("an index row holds a number of more than 64 bits; restore records/");
    }

    private static void putUint128(ByteBuffer to, Uint128 value) {
        to.putLong(value.high()).putLong(value.low());
    }

    private static Uint128 getUint128(ByteBuffer from) {
        return new Uint128(from.getLong(), from.getLong());
    }
}
