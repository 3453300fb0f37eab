package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.storage.Files.OpenFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads records and checks every byte before it is used. Blocks; any thread. */
final class RecordReader {
    private final SegmentFiles files;

    RecordReader(SegmentFiles files) {
        this.files = files;
    }

    /**
     * {@code length} bytes of the body from {@code offset} on.
     *
     * @throws java.nio.file.NoSuchFileException if the segment is gone
     */
    ByteBuf read(BlockRef block, BlockRow row, int offset, int length) throws IOException, CorruptRecordException {
        try (SegmentFiles.Lease lease = files.open(row.segment())) {
            RecordHeader header = header(lease.file(), block, row);
            return body(lease.file(), header, offset, length);
        } catch (EOFException e) {
            throw new CorruptRecordException(where(block, row) + ": " + e.getMessage());
        }
    }

    /** The whole record, to be appended elsewhere. */
    Draft draft(BlockRef block, BlockRow row) throws IOException, CorruptRecordException {
        try (SegmentFiles.Lease lease = files.open(row.segment())) {
            RecordHeader header = header(lease.file(), block, row);
            ByteBuf body = body(lease.file(), header, 0, header.bodyBytes());
            return new Draft(block, header.owner(), header.createdMillis(), body, header.chunkChecksums());
        } catch (EOFException e) {
            throw new CorruptRecordException(where(block, row) + ": " + e.getMessage());
        }
    }

    private static RecordHeader header(OpenFile file, BlockRef block, BlockRow row)
            throws IOException, CorruptRecordException {
        ByteBuffer bytes = Staging.forReads(row.headerBytes());
        SegmentScanner.readFully(file, bytes, row.offset());
        RecordHeader header = RecordHeader.decode(bytes.flip());
        if (header == null
                || RecordHeader.crcOf(bytes) != row.headerCrc()
                || !header.block().equals(block)) {
            throw new CorruptRecordException(where(block, row) + ": the header is not the one that was written");
        }
        return header;
    }

    private static ByteBuf body(OpenFile file, RecordHeader header, int offset, int length)
            throws IOException, CorruptRecordException {
        byte[] result = new byte[length];
        int end = offset + length;
        int position = offset / Checksums.CHUNK_BYTES * Checksums.CHUNK_BYTES;
        while (position < end) {
            ByteBuffer chunks = checkedChunks(file, header, position, end);
            int from = Math.max(offset, position);
            int to = Math.min(end, position + chunks.limit());
            chunks.get(from - position, result, from - offset, to - from);
            position += chunks.limit();
        }
        return Unpooled.wrappedBuffer(result);
    }

    /** Some whole chunks from {@code position} on, as many as are wanted and fit. */
    private static ByteBuffer checkedChunks(OpenFile file, RecordHeader header, int position, int end)
            throws IOException, CorruptRecordException {
        int wanted = Checksums.chunks(end - position) * Checksums.CHUNK_BYTES;
        int count = Math.min(Math.min(wanted, Staging.READ_BYTES), header.bodyBytes() - position);
        ByteBuffer chunks = Staging.forReads(count);
        SegmentScanner.readFully(file, chunks, header.place().offset() + header.headerBytes() + position);
        for (int from = 0; from < count; from += Checksums.CHUNK_BYTES) {
            int chunk = (position + from) / Checksums.CHUNK_BYTES;
            int bytes = Math.min(Checksums.CHUNK_BYTES, count - from);
            if (Checksums.of(chunks, from, bytes) != header.chunkChecksums()[chunk]) {
                throw new CorruptRecordException("segment=" + header.place().segment() + " offset="
                        + header.place().offset() + " block=" + header.block() + ": chunk " + chunk + " is corrupt");
            }
        }
        return chunks;
    }

    private static String where(BlockRef block, BlockRow row) {
        return "segment=" + row.segment() + " offset=" + row.offset() + " block=" + block;
    }
}
