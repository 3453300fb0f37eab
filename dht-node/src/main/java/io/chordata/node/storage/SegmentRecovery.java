package io.chordata.node.storage;

import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.storage.Files.OpenFile;
import io.chordata.node.storage.SegmentScanner.Commit;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings index and segment files together at start: what was synced but not indexed is indexed, a torn tail is cut. Runs
 * on the appender's thread before anything else does. {@link SegmentBlockStore} says why this is right.
 */
final class SegmentRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentRecovery.class);
    private static final int ROWS_AT_ONCE = 1024;

    private final SegmentFiles files;
    private final SegmentTable segments;
    private final BlockIndex index;
    private final Appender appender;

    SegmentRecovery(SegmentFiles files, SegmentTable segments, BlockIndex index, Appender appender) {
        this.files = files;
        this.segments = segments;
        this.index = index;
        this.appender = appender;
    }

    /** Completes with the segment to go on with, if there is one with room; fails if a file is of a newer format. */
    Future<@Nullable Segment> run(long segmentBytes) {
        try {
            Map<Long, @Nullable SegmentHeader> headers = headers();
            // what a killed process created or deleted without syncing counts from now on
            files.syncDirectory();
            index.segments().forEach(segments::add);
            List<Segment> tails = new ArrayList<>();
            for (Map.Entry<Long, @Nullable SegmentHeader> file : headers.entrySet()) {
                Segment segment = meet(file.getKey(), file.getValue());
                if (segment != null && hasTail(segment)) {
                    tails.add(segment);
                }
            }
            Future<Void> done = forgetMissing(headers);
            for (Segment segment : tails) {
                done = done.compose(earlier -> new Tail(segment).index());
            }
            return done.map(all -> toResume(headers, segmentBytes));
        } catch (IOException e) {
            return Future.failedFuture(appender.fail("cannot read the segment files", e));
        }
    }

    /** Reads all headers before anything is changed, so that a newer format is left as it is. */
    private Map<Long, @Nullable SegmentHeader> headers() throws IOException {
        Map<Long, @Nullable SegmentHeader> headers = new TreeMap<>();
        for (long number : files.list()) {
            try (SegmentFiles.Lease lease = files.open(number)) {
                ByteBuffer page = Staging.forReads(SegmentHeader.CHECKED_BYTES);
                SegmentScanner.readUpTo(lease.file(), page, 0);
                SegmentHeader header = SegmentHeader.decode(SegmentFiles.name(number), page.flip());
                headers.put(number, lease.file().size() < SegmentHeader.BYTES ? null : header);
            }
        }
        return headers;
    }

    /** Null if there is nothing to index in the file. */
    private @Nullable Segment meet(long number, @Nullable SegmentHeader header) throws IOException {
        Segment known = segments.find(number);
        if (known != null) {
            return isMeant(known, header) ? known : null;
        }
        if (header != null && header.segment() == number) {
            return segments.add(new SegmentRow(number, header.salt(), SegmentHeader.BYTES, 0, 0, 0, 0));
        }
        discard(number);
        return null;
    }

    /** With a header that cannot be read it still is: the index knows what it must say. */
    private static boolean isMeant(Segment known, @Nullable SegmentHeader header) {
        boolean other = header != null && (header.segment() != known.number() || header.salt() != known.salt());
        if (header == null || other) {
            LOG.error("event=segment-header-corrupt other={} segment={}", other, known);
            known.markDamaged();
        }
        return !other;
    }

    /** A file that was being created holds nothing; one with content is kept for somebody to look at. */
    private void discard(long number) throws IOException {
        long size;
        try (SegmentFiles.Lease lease = files.open(number)) {
            size = lease.file().size();
        }
        if (size <= SegmentHeader.BYTES) {
            files.delete(number);
            files.syncDirectory();
        } else {
            LOG.error("event=segment-unreadable file={} bytes={}", SegmentFiles.name(number), size);
            files.setAside(number);
        }
    }

    private boolean hasTail(Segment segment) throws IOException {
        try (SegmentFiles.Lease lease = files.open(segment.number())) {
            long size = lease.file().size();
            if (size < segment.watermark()) {
                LOG.error("event=segment-too-short bytes={} segment={}", size, segment);
                segment.markDamaged();
                return false;
            }
            return size > segment.watermark() || segment.watermark() == SegmentHeader.BYTES;
        }
    }

    private Future<Void> forgetMissing(Map<Long, @Nullable SegmentHeader> headers) {
        IndexUpdate update = appender.update();
        for (Segment segment : List.copyOf(segments.all())) {
            if (headers.containsKey(segment.number())) {
                continue;
            }
            if (segment.isDead()) {
                update.forget(segment);
            } else {
                LOG.error("event=segment-missing segment={} message=\"its blocks are lost here\"", segment);
                segment.markDamaged();
            }
        }
        return update.isEmpty() ? Future.succeededFuture() : appender.save(update, Durability.ORDERED);
    }

    private @Nullable Segment toResume(Map<Long, @Nullable SegmentHeader> headers, long segmentBytes) {
        segments.publish();
        Segment newest = segments.find(segments.nextNumber() - 1);
        boolean usable = newest != null
                && headers.containsKey(newest.number())
                && !newest.isDamaged()
                && newest.watermark() < segmentBytes;
        return usable ? newest : null;
    }

    /** What is behind the watermark of one segment. */
    private final class Tail {
        private final Segment segment;
        private final SegmentScanner scanner;
        private @Nullable Commit previous;
        private boolean ended;

        Tail(Segment segment) {
            this.segment = segment;
            this.scanner =
                    new SegmentScanner(segment.number(), segment.salt(), segment.watermark(), segment.commit() + 1);
        }

        Future<Void> index() {
            List<Commit> found;
            try (SegmentFiles.Lease lease = files.open(segment.number())) {
                found = collect(lease.file());
            } catch (IOException e) {
                return Future.failedFuture(appender.fail("cannot recover segment file " + segment, e));
            }
            IndexUpdate update = appender.update();
            update.touch(segment.number());
            for (Commit commit : found) {
                commit.records()
                        .forEach(record ->
                                update.put(record.header().block(), BlockRow.of(record.header(), record.headerCrc())));
                update.advance(segment, commit.end(), commit.number());
            }
            Future<Void> saved = appender.save(update, Durability.ORDERED);
            return ended ? saved : saved.compose(more -> index());
        }

        private List<Commit> collect(OpenFile file) throws IOException {
            List<Commit> found = new ArrayList<>();
            int rows = 0;
            while (!ended && rows < ROWS_AT_ONCE) {
                Commit next = scanner.next(file);
                if (next != null && next.whole()) {
                    rows += accept(previous, found);
                    previous = next;
                } else {
                    onBreak(file, next, found);
                }
            }
            return found;
        }

        private int accept(@Nullable Commit commit, List<Commit> found) {
            if (commit == null) {
                return 0;
            }
            found.add(commit);
            return commit.records().size();
        }

        /**
         * The chain of headers ends. A commit that another one follows was synced, whatever its bytes say now; of the
         * last one every byte is checked.
         */
        private void onBreak(OpenFile file, @Nullable Commit partial, List<Commit> found) throws IOException {
            long start = partial == null ? scanner.position() : partial.start();
            long number = partial == null ? nextNumber() : partial.number();
            if (scanner.skipTo(file, number, start + 1)) {
                accept(previous, found);
                LOG.error("event=segment-corrupt from={} to={} segment={}", start, scanner.position(), segment);
                segment.markDamaged();
                previous = new Commit(
                        scanner.nextCommit() - 1,
                        start,
                        scanner.position(),
                        true,
                        partial == null ? List.of() : partial.records());
                return;
            }
            ended = true;
            boolean synced = partial != null;
            if (previous != null && !synced && !isWhole(file, previous)) {
                cut(file, previous.start());
                return;
            }
            cut(file, start);
            accept(previous, found);
            makeDurable(file, previous);
        }

        /**
         * Writes again what may have been written without a sync, or with a failed one: after that a page can look clean
         * and not be on the disk, so a sync alone would do nothing. No row may point to what can still vanish.
         */
        private void makeDurable(OpenFile file, @Nullable Commit last) throws IOException {
            if (segment.watermark() == SegmentHeader.BYTES) {
                writeAgain(file, 0, SegmentHeader.BYTES);
            }
            if (last != null) {
                writeAgain(file, last.start(), last.end());
            }
            file.sync();
        }

        private void writeAgain(OpenFile file, long from, long to) throws IOException {
            long position = from;
            while (position < to) {
                ByteBuffer bytes = Staging.forReads((int) Math.min(Staging.READ_BYTES, to - position));
                SegmentScanner.readFully(file, bytes, position);
                SegmentWriter.writeFully(file, bytes.flip(), position);
                position += bytes.limit();
            }
        }

        private long nextNumber() {
            return previous == null ? segment.commit() + 1 : previous.number() + 1;
        }

        private boolean isWhole(OpenFile file, Commit commit) throws IOException {
            for (SegmentScanner.Found record : commit.records()) {
                if (!SegmentScanner.bodyIsWhole(file, record.header())) {
                    return false;
                }
            }
            return true;
        }

        private void cut(OpenFile file, long end) throws IOException {
            if (file.size() > end) {
                LOG.info("event=segment-tail-cut bytes={} segment={}", file.size() - end, segment);
                file.truncate(end);
                file.sync();
            }
        }
    }
}
