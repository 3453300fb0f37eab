package io.chordata.node.storage;

import io.chordata.node.storage.Files.OpenFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the records of a segment, commit by commit, by their headers alone. It never looks for the next record inside of
 * a body: a header must stand exactly where the one before says, and say itself that it stands there.
 */
final class SegmentScanner {
    private final long segment;
    private final long salt;
    private long position;
    private long nextCommit;

    /**
     * The records that were synced together.
     *
     * @param whole false if the chain of headers breaks before the last of them
     */
    record Commit(long number, long start, long end, boolean whole, List<Found> records) {}

    /** A record with a good header. */
    record Found(RecordHeader header, int headerCrc) {}

    /** @param position of the first record of {@code nextCommit} */
    SegmentScanner(long segment, long salt, long position, long nextCommit) {
        this.segment = segment;
        this.salt = salt;
        this.position = position;
        this.nextCommit = nextCommit;
    }

    /** Where the next commit begins. */
    long position() {
        return position;
    }

    /** The number of the commit that is expected there. */
    long nextCommit() {
        return nextCommit;
    }

    /** Moves on; null at the end, or where not even the first header of a commit is good. */
    @Nullable
    Commit next(OpenFile file) throws IOException {
        List<Found> records = new ArrayList<>();
        long end = position;
        Found found = headerAt(file, end);
        while (found != null && found.header().place().commit() == nextCommit) {
            records.add(found);
            end = found.header().end();
            if (found.header().endsCommit()) {
                return moveOver(new Commit(nextCommit, position, end, end <= file.size(), records));
            }
            found = headerAt(file, end);
        }
        return records.isEmpty() ? null : moveOver(new Commit(nextCommit, position, end, false, records));
    }

    private Commit moveOver(Commit commit) {
        position = commit.end();
        nextCommit++;
        return commit;
    }

    /**
     * Looks for a commit behind the break in the chain and goes there. Commits begin on pages; as one begins only after
     * the one before was synced, such a find proves that what broke the chain was good once.
     *
     * @param broken the number of the commit that could not be read whole
     */
    boolean skipTo(OpenFile file, long broken, long from) throws IOException {
        long size = file.size();
        for (long page = pageAtOrAfter(from); page < size; page += SegmentHeader.BYTES) {
            Found found = headerAt(file, page);
            if (found != null && found.header().place().commit() > broken) {
                position = page;
                nextCommit = found.header().place().commit();
                return true;
            }
        }
        return false;
    }

    static long pageAtOrAfter(long offset) {
        return (offset + SegmentHeader.BYTES - 1) / SegmentHeader.BYTES * SegmentHeader.BYTES;
    }

    private @Nullable Found headerAt(OpenFile file, long offset) throws IOException {
        ByteBuffer buffer = Staging.forReads(RecordHeader.BYTES_MAX);
        readUpTo(file, buffer, offset);
        buffer.flip();
        RecordHeader header = RecordHeader.decode(buffer);
        if (header == null
                || header.place().segment() != segment
                || header.place().salt() != salt
                || header.place().offset() != offset) {
            return null;
        }
        return new Found(header, RecordHeader.crcOf(buffer));
    }

    /** True if the body is as its checksums say. */
    static boolean bodyIsWhole(OpenFile file, RecordHeader header) throws IOException {
        long offset = header.place().offset() + header.headerBytes();
        for (int i = 0; i < header.chunkChecksums().length; i++) {
            int from = i * Checksums.CHUNK_BYTES;
            ByteBuffer chunk = Staging.forReads(Math.min(Checksums.CHUNK_BYTES, header.bodyBytes() - from));
            try {
                readFully(file, chunk, offset + from);
            } catch (EOFException e) {
                return false;
            }
            if (Checksums.of(chunk, 0, chunk.limit()) != header.chunkChecksums()[i]) {
                return false;
            }
        }
        return true;
    }

    /** Fills the buffer, or fails with {@link EOFException}. */
    static void readFully(OpenFile file, ByteBuffer into, long position) throws IOException {
        readUpTo(file, into, position);
        if (into.hasRemaining()) {
            throw new EOFException("the file ends " + into.remaining() + " bytes early");
        }
    }

    /** Fills the buffer as far as the file goes. */
    static void readUpTo(OpenFile file, ByteBuffer into, long position) throws IOException {
        long start = position - into.position();
        while (into.hasRemaining() && file.read(into, start + into.position()) >= 0) {
            // a read may be short
        }
    }
}
