package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.storage.SegmentScanner.Commit;
import io.chordata.node.storage.SegmentScanner.Found;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives dead space back: copies what is live of a mostly dead segment to the newest one, then deletes the file.
 *
 * <p>A copy is a commit of its own, and whether a block is still where the compactor found it is asked on the appender's
 * thread just before that commit; since the appender does one thing at a time, no drop and no new write of the block can
 * come between. The file goes after a synced write of the index, which makes the rows of all copies durable; its row goes
 * after the directory was synced, because a file without a row would be scanned from its beginning by the next start.
 */
final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
    private static final int STEP_BYTES = 8 << 20;

    private final Appender appender;
    private final Workers readers;
    private final BlockIndex index;
    private final SegmentTable segments;
    private final SegmentFiles files;
    private final RecordReader reader;
    private final Quarantine quarantine;
    private final int belowPercent;
    private final BlockStoreObserver observer;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicLong compactedBytes = new AtomicLong();

    Compactor(
            Appender appender,
            Workers readers,
            BlockIndex index,
            SegmentTable segments,
            SegmentFiles files,
            RecordReader reader,
            Quarantine quarantine,
            BlockStoreOptions options,
            BlockStoreObserver observer) {
        this.appender = appender;
        this.readers = readers;
        this.index = index;
        this.segments = segments;
        this.files = files;
        this.reader = reader;
        this.quarantine = quarantine;
        this.belowPercent = options.compactBelowPercent();
        this.observer = observer;
    }

    /** Of segment files deleted since start. */
    long compactedBytes() {
        return compactedBytes.get();
    }

    /** Compacts the segment with the least live part. False if there is none to compact, or that is under way already. */
    Future<Boolean> compactOnce() {
        if (!running.compareAndSet(false, true)) {
            return Future.succeededFuture(false);
        }
        AtomicReference<@Nullable Segment> chosen = new AtomicReference<>();
        return appender.exclusively(() -> {
                    chosen.set(choose());
                    return Future.succeededFuture();
                })
                .compose(done -> {
                    Segment victim = chosen.get();
                    return victim == null ? Future.succeededFuture(false) : compact(victim);
                })
                .onComplete(done -> running.set(false));
    }

    /** Never the newest, though it may be full and nothing be appended to it: its number must not be given again. */
    private @Nullable Segment choose() {
        return segments.all().stream()
                .filter(segment -> !segments.isNewest(segment) && segment.isCompactable(belowPercent))
                .min(Comparator.comparingLong(Segment::livePerMille))
                .orElse(null);
    }

    private Future<Boolean> compact(Segment victim) {
        return new Copying(victim)
                .run()
                .compose(copied -> retire(victim))
                .recover(cause -> cause instanceof IOException ? passOver(victim, cause) : Future.failedFuture(cause));
    }

    /** One bad sector must not keep all other segments from being compacted. */
    private Future<Boolean> passOver(Segment victim, Throwable cause) {
        return appender.exclusively(() -> {
                    LOG.error(
                            "event=segment-unreadable segment={} cause=\"{}\" message=\"it stays until the next start,"
                                    + " check the disk\"",
                            victim,
                            cause.getMessage());
                    victim.markDamaged();
                    return Future.succeededFuture();
                })
                .map(false);
    }

    private Future<Boolean> retire(Segment victim) {
        AtomicBoolean freed = new AtomicBoolean();
        return appender.exclusively(() -> {
                    if (!victim.isDead()) {
                        LOG.error(
                                "event=segment-not-compactable segment={} message=\"blocks in it cannot be found or"
                                        + " read; it stays, verify the store\"",
                                victim);
                        victim.markDamaged();
                        return Future.succeededFuture();
                    }
                    freed.set(true);
                    IndexUpdate nothing = appender.update();
                    nothing.touch(victim.number());
                    return appender.save(nothing, Durability.SYNCED).compose(synced -> delete(victim));
                })
                .map(done -> freed.get());
    }

    private Future<Void> delete(Segment victim) {
        try {
            deleteFile(victim.number());
        } catch (IOException e) {
            return Future.failedFuture(appender.fail("cannot delete segment file " + victim.number(), e));
        }
        compactedBytes.addAndGet(victim.watermark());
        observer.compacted(victim.watermark());
        IndexUpdate update = appender.update();
        update.forget(victim);
        return appender.save(update, Durability.ORDERED);
    }

    private void deleteFile(long segment) throws IOException {
        try {
            files.delete(segment);
        } catch (NoSuchFileException e) {
            LOG.warn("event=segment-missing segment={} message=\"nothing of it was live\"", segment);
        }
        files.syncDirectory();
    }

    /** One segment being copied: some records at a time are read by a reader and appended by the appender. */
    private final class Copying {
        private final Segment victim;
        private @Nullable SegmentScanner scanner;
        private List<Found> pending = new ArrayList<>();

        Copying(Segment victim) {
            this.victim = victim;
        }

        Future<Void> run() {
            if (victim.isDead()) {
                return Future.succeededFuture();
            }
            return readers.call(this::nextLive)
                    .compose(live -> live.isEmpty()
                            ? Future.succeededFuture()
                            : appender.exclusively(() -> move(live)).compose(moved -> run()));
        }

        private List<Live> nextLive() throws IOException {
            List<Live> live = new ArrayList<>();
            long bytes = 0;
            while (bytes < STEP_BYTES && refill()) {
                Live next = live(pending.remove(0));
                if (next != null) {
                    live.add(next);
                    bytes += next.draft.recordBytes();
                }
            }
            return live;
        }

        private boolean refill() throws IOException {
            while (pending.isEmpty()) {
                Commit commit = nextCommit();
                if (commit == null) {
                    return false;
                }
                pending = new ArrayList<>(commit.records());
            }
            return true;
        }

        private @Nullable Commit nextCommit() throws IOException {
            try (SegmentFiles.Lease lease = files.open(victim.number())) {
                if (scanner == null) {
                    scanner = new SegmentScanner(victim.number(), victim.salt(), SegmentHeader.BYTES, 1);
                }
                return scanner.next(lease.file());
            }
        }

        private @Nullable Live live(Found found) throws IOException {
            BlockRef block = found.header().block();
            BlockRow here = BlockRow.of(found.header(), found.headerCrc());
            BlockRow row = index.find(block);
            if (row == null || !row.isAt(here)) {
                return null;
            }
            try {
                return new Live(row, reader.draft(block, row));
            } catch (CorruptRecordException e) {
                quarantine.add(block, row, e);
                return null;
            }
        }

        private Future<Void> move(List<Live> found) {
            List<Draft> still = found.stream()
                    .filter(live -> {
                        BlockRow row = index.find(live.draft.block());
                        return row != null && row.isAt(live.row);
                    })
                    .map(Live::draft)
                    .toList();
            return still.isEmpty() ? Future.succeededFuture() : appender.commit(still);
        }
    }

    private record Live(BlockRow row, Draft draft) {}
}
