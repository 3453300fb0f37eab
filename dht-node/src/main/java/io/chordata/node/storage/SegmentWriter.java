package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.Clock;
import io.chordata.node.core.RandomSource;
import io.chordata.node.storage.Files.OpenFile;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends commits to the newest segment and begins a new one when it is full. A commit begins on a page of its own, so
 * that a torn write never touches a page that holds acknowledged bytes. Belongs to the appender.
 */
final class SegmentWriter {
    private final SegmentFiles files;
    private final SegmentTable segments;
    private final Clock clock;
    private final RandomSource random;
    private final long segmentBytes;
    private @Nullable Segment active;

    /** Where a block was put. */
    record Placed(BlockRef block, BlockRow row) {}

    /** What was appended, and where the segment ends with it. */
    record Appended(Segment segment, long end, List<Placed> placed) {
        long bytes() {
            return end - segment.watermark();
        }
    }

    SegmentWriter(SegmentFiles files, SegmentTable segments, Clock clock, RandomSource random, long segmentBytes) {
        this.files = files;
        this.segments = segments;
        this.clock = clock;
        this.random = random;
        this.segmentBytes = segmentBytes;
    }

    /** Goes on with the segment that an earlier process began. */
    void resume(Segment newest) {
        active = newest;
    }

    /**
     * Writes the blocks as one commit and syncs it; fails if the segment's file was removed meanwhile. They count once the segment is advanced to the end; until then
     * {@link #cut} takes them back.
     */
    Appended append(List<Draft> drafts) throws IOException {
        long bytes = drafts.stream().mapToLong(Draft::recordBytes).sum();
        Segment segment = segmentFor(bytes);
        try (SegmentFiles.Lease lease = files.open(segment.number())) {
            Appended appended = write(lease.file(), segment, drafts);
            lease.file().sync();
            lease.file().checkPlace();
            return appended;
        }
    }

    private Appended write(OpenFile file, Segment segment, List<Draft> drafts) throws IOException {
        List<Placed> placed = new ArrayList<>();
        StagedOutput output = new StagedOutput(file, segment.watermark());
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            boolean last = i == drafts.size() - 1;
            RecordHeader header = header(segment, output.position(), draft, last);
            int crc = output.put(header);
            output.put(draft.body());
            output.putZeros(header.paddingBytes());
            placed.add(new Placed(draft.block(), BlockRow.of(header, crc)));
        }
        output.flush();
        return new Appended(segment, output.position(), placed);
    }

    private static RecordHeader header(Segment segment, long offset, Draft draft, boolean last) {
        long end = offset + draft.recordBytes();
        int padding = last ? (int) (SegmentScanner.pageAtOrAfter(end) - end) : 0;
        return new RecordHeader(
                new RecordHeader.Place(segment.number(), segment.salt(), segment.commit() + 1, offset),
                last,
                padding,
                draft.block(),
                draft.owner(),
                draft.createdMillis(),
                draft.bodyBytes(),
                draft.chunkChecksums());
    }

    /** Takes back what was written behind the last commit that counts, durably: a later start must not find it. */
    void cut() throws IOException {
        Segment segment = active;
        if (segment != null) {
            try (SegmentFiles.Lease lease = files.open(segment.number())) {
                lease.file().truncate(segment.watermark());
                lease.file().sync();
            }
        }
    }

    private Segment segmentFor(long bytes) throws IOException {
        Segment current = active;
        boolean fits = current != null
                && (current.watermark() + bytes <= segmentBytes || current.watermark() == SegmentHeader.BYTES);
        if (current != null && fits) {
            return current;
        }
        active = create();
        return active;
    }

    private Segment create() throws IOException {
        SegmentHeader header = new SegmentHeader(segments.nextNumber(), random.nextLong(), clock.wallMillis());
        try (SegmentFiles.Lease lease = files.create(header.segment())) {
            writeFully(lease.file(), header.encode(), 0);
            lease.file().sync();
            files.syncDirectory();
        } catch (DiskFullException e) {
            files.delete(header.segment());
            throw e;
        }
        return segments.add(new SegmentRow(header.segment(), header.salt(), SegmentHeader.BYTES, 0, 0, 0, 0));
    }

    static void writeFully(OpenFile file, ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += file.write(from, at);
        }
    }

    /** Collects small pieces and writes them in large ones. */
    private static final class StagedOutput {
        private final OpenFile file;
        private final ByteBuffer staging = Staging.forWrites();
        private long flushed;

        StagedOutput(OpenFile file, long position) {
            this.file = file;
            this.flushed = position;
        }

        long position() {
            return flushed + staging.position();
        }

        int put(RecordHeader header) throws IOException {
            if (staging.remaining() < header.headerBytes()) {
                flush();
            }
            return header.encode(staging);
        }

        void put(ByteBuf body) throws IOException {
            int from = body.readerIndex();
            while (from < body.writerIndex()) {
                int count = Math.min(room(), body.writerIndex() - from);
                int limit = staging.limit();
                staging.limit(staging.position() + count);
                body.getBytes(from, staging);
                staging.limit(limit);
                from += count;
            }
        }

        void putZeros(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                room();
                staging.put((byte) 0);
            }
        }

        private int room() throws IOException {
            if (!staging.hasRemaining()) {
                flush();
            }
            return staging.remaining();
        }

        void flush() throws IOException {
            staging.flip();
            int count = staging.remaining();
            writeFully(file, staging, flushed);
            flushed += count;
            staging.clear();
        }
    }
}
