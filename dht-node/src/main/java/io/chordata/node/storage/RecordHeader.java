package io.chordata.node.storage;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.UploadId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a block's body in its segment file. In every version it begins with magic (4 bytes), version (2),
 * length of the header (2) and a CRC32C (4) of the header without itself. Version 1 goes on as {@link #encode} writes it;
 * the owner's key and the checksums of the body's chunks are last. All numbers are big-endian.
 *
 * @param place where the record is, so that one found elsewhere is known to be misplaced
 * @param endsCommit true for the last of the records that were synced together
 * @param paddingBytes zeros after the body, up to the next page, where the next commit begins; 0 unless it ends one
 * @param chunkChecksums CRC32C of each {@link Checksums#CHUNK_BYTES} of the body
 */
record RecordHeader(
        Place place,
        boolean endsCommit,
        int paddingBytes,
        BlockRef block,
        BlockOwner owner,
        long createdMillis,
        int bodyBytes,
        int[] chunkChecksums) {
    static final int KEY_BYTES_MAX = 1024;

    private static final int FIXED_BYTES = 132;
    private static final int MAGIC = 0x43424c4b; // CBLK
    private static final short VERSION = 1;
    private static final int HEADER_BYTES_OFFSET = 6;
    private static final int CRC_OFFSET = 8;
    private static final int ENDS_COMMIT = 1;
    private static final int HAS_UPLOAD = 2;

    static final int BYTES_MAX =
            FIXED_BYTES + KEY_BYTES_MAX + Integer.BYTES * Checksums.chunks(BlockStore.MAX_BLOCK_BYTES);

    /**
     * Where a record is.
     *
     * @param commit numbered from 1 in each segment, rising by 1
     * @param offset of the header in the file
     */
    record Place(long segment, long salt, long commit, long offset) {}

    RecordHeader {
        if (owner.key().length > KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has at most " + KEY_BYTES_MAX + " bytes, got " + owner.key().length);
        }
    }

    static int headerBytes(int keyBytes, int bodyBytes) {
        return FIXED_BYTES + keyBytes + Integer.BYTES * Checksums.chunks(bodyBytes);
    }

    int headerBytes() {
        return headerBytes(owner.key().length, bodyBytes);
    }

    long end() {
        return place.offset + headerBytes() + bodyBytes + paddingBytes;
    }

    /**
     * Writes the header at the buffer's position.
     *
     * @return its checksum
     */
    int encode(ByteBuffer to) {
        int start = to.position();
        UploadId upload = owner.upload();
        to.putInt(MAGIC).putShort(VERSION).putShort((short) headerBytes()).putInt(0);
        to.put((byte) ((endsCommit ? ENDS_COMMIT : 0) | (upload == null ? 0 : HAS_UPLOAD)));
        to.put((byte) 0).putInt(paddingBytes);
        to.putLong(place.segment).putLong(place.salt).putLong(place.commit).putLong(place.offset);
        to.putInt(block.partition().number());
        put(to, block.body().value());
        to.putInt(block.index());
        put(to, owner.bucket().value());
        put(to, upload == null ? Uint128.ZERO : upload.value());
        to.putInt(owner.part()).putLong(owner.startedMillis()).putLong(createdMillis);
        to.putInt(bodyBytes).putShort((short) owner.key().length).put(owner.key());
        for (int checksum : chunkChecksums) {
            to.putInt(checksum);
        }
        int crc = Checksums.crcWithout(to, start, headerBytes(), CRC_OFFSET);
        to.putInt(start + CRC_OFFSET, crc);
        return crc;
    }

    /** The checksum that {@link #encode} put into the header which begins at the buffer's position. */
    static int crcOf(ByteBuffer encoded) {
        return encoded.getInt(encoded.position() + CRC_OFFSET);
    }

    /**
     * Reads the header at the buffer's position, which stays.
     *
     * @return null if there is no whole header
     * @throws StoreFailedException if it is one of a newer version
     */
    static @Nullable RecordHeader decode(ByteBuffer bytes) {
        ByteBuffer from = bytes.slice();
        if (from.remaining() < FIXED_BYTES || from.getInt(0) != MAGIC) {
            return null;
        }
        int headerBytes = Short.toUnsignedInt(from.getShort(HEADER_BYTES_OFFSET));
        if (headerBytes < FIXED_BYTES
                || headerBytes > from.remaining()
                || from.getInt(CRC_OFFSET) != Checksums.crcWithout(from, 0, headerBytes, CRC_OFFSET)) {
            return null;
        }
        short version = from.getShort(Integer.BYTES);
        if (version != VERSION) {
            throw new StoreFailedException("a block has format version " + version + ", this program reads " + VERSION
                    + "; start the newer program again");
        }
        return decodeFields(from.position(CRC_OFFSET + Integer.BYTES));
    }

    private static RecordHeader decodeFields(ByteBuffer from) {
        int flags = from.get();
        from.get();
        int padding = from.getInt();
        Place place = new Place(from.getLong(), from.getLong(), from.getLong(), from.getLong());
        PartitionId partition = new PartitionId(from.getInt());
        BlockRef block = new BlockRef(partition, new BodyId(getUint128(from)), from.getInt());
        BucketId bucket = new BucketId(getUint128(from));
        UploadId upload = new UploadId(getUint128(from));
        int part = from.getInt();
        long started = from.getLong();
        long created = from.getLong();
        int bodyBytes = from.getInt();
        byte[] key = new byte[from.getShort()];
        from.get(key);
        int[] checksums = new int[Checksums.chunks(bodyBytes)];
        for (int chunk = 0; chunk < checksums.length; chunk++) {
            checksums[chunk] = from.getInt();
        }
        BlockOwner owner = new BlockOwner(bucket, key, (flags & HAS_UPLOAD) == 0 ? null : upload, part, started);
        return new RecordHeader(
                place, (flags & ENDS_COMMIT) != 0, padding, block, owner, created, bodyBytes, checksums);
    }

    private static void put(ByteBuffer to, Uint128 value) {
        to.putLong(value.high()).putLong(value.low());
    }

    private static Uint128 getUint128(ByteBuffer from) {
        return new Uint128(from.getLong(), from.getLong());
    }
}
