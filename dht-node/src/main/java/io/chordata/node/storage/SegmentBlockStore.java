package io.chordata.node.storage;

import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.StoreFullException;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks in append-only segment files, found through rows of the record store.
 *
 * <p><b>Layout.</b> A segment begins with a {@link SegmentHeader}; commits follow, each on a page of its own, each one or
 * more records that were synced together: {@link RecordHeader}, body, in the last one zeros up to the next page. The
 * index has one row for each block and one for each segment ({@link BlockRows}). A segment's row has its <i>watermark</i>
 * and its live counts, and changes in one batch with the rows of its blocks.
 *
 * <p><b>Order.</b> One appender does one thing at a time, and the next begins when the one before is complete:
 * <ul>
 *   <li><i>commit</i>: write the records, sync the segment, write their rows and the watermark behind them in one ORDERED
 *       batch, answer;
 *   <li><i>drop</i>: delete the rows in a SYNCED batch, answer;
 *   <li><i>copy</i> (compaction): look which of the records are still where they were, then as a commit;
 *   <li><i>retire</i> (compaction): a SYNCED batch, delete the file, sync the directory, delete the segment's row;
 *   <li><i>quarantine</i>: move a corrupt block's row to another table in an ORDERED batch.
 * </ul>
 * The record store keeps a prefix of these batches over a crash, and at least up to the last SYNCED one.
 *
 * <p><b>Why nothing acknowledged is lost.</b> The rows that a crash leaves are those of some moment M of the past, and
 * each watermark with them. Every commit after M was synced before it was answered, is in its segment behind that
 * segment's watermark of M, and no segment that M's rows point into is deleted: between M and the crash no SYNCED batch
 * was completed, and a file is deleted only after one. The start walks each segment from its watermark and indexes the
 * commits it finds, in the order they were made; what a later commit replaced is replaced again. If the crash comes
 * <ul>
 *   <li>while records are written or before they are synced, the commit is the last of its segment. It is whole, then it
 *       counts (its author was not answered, either is right), after it was written and synced again: the process may
 *       have ended after a failed sync, and then a page can be in the system's cache and never on the disk. Or it is not,
 *       then it is cut off, durably, before anything is appended in its place;
 *   <li>after the sync, before the batch: the commit is found behind the watermark;
 *   <li>while a segment is created: it has no records yet. A file without a good header and without a row is deleted.
 *       Its first record is written only when the header and the name are synced;
 *   <li>while copies are made: the old records are still there and so is their file;
 *   <li>after the retiring batch: all rows point to the copies, and copies and rows are synced. The old file has no live
 *       record, whether it is still there or not.
 * </ul>
 *
 * <p><b>Why nothing dropped comes back.</b> A drop is answered when its batch is synced. Hence M is not before it, and
 * all watermarks are at least what they were at the drop. Every record of the body was committed before the drop, so it
 * is before its segment's watermark and is not walked over. Copies are commits as well: one made before the drop is
 * before the watermark like any other, and one that would be made after it is not, because the copy looks for the row
 * first and nothing comes between. A whole segment would be walked again if its file outlived its row, so the row goes
 * only after the file's name is gone durably; a start syncs the directory before it removes rows without a file. Numbers
 * of segments are never used twice, since the newest is never retired, so no row of an old one speaks for a new one.
 *
 * <p><b>What counts as torn.</b> Only what is behind the watermark and part of the last commit. Records are found by
 * their headers' lengths alone, and each names its segment, its offset and the segment's random salt: bytes of a body are
 * never taken for a record. If a commit is unreadable but a later one is there, it was synced, so this is corruption: the
 * rest is indexed and the segment is neither appended to nor deleted.
 *
 * <p><b>Corruption.</b> Each row holds the checksum of its record's header, the header those of each 64 KiB of the body;
 * a read checks what it touches. A corrupt block is set aside and its segment kept, until it is written again or dropped.
 *
 * <p><b>Failure.</b> After a failed write, sync or index batch nothing is acknowledged any more; what was can still be
 * read. A full disk is no failure: the commit is cut off again, and drops and compaction go on. Lying disks are beyond
 * this: see Rebello et al., "Can Applications Recover from fsync Failures?" (USENIX ATC 2020), and Pillai et al., "All File
 * Systems Are Not Created Equal" (OSDI 2014) for what a power loss may leave.
 *
 * <p><b>Concurrency.</b> Methods may be called from any thread. Reads run beside each other and beside the appender: a
 * record never changes in its place, and a reader keeps the file it has open; if the file is gone before it is opened, the
 * row has changed and is looked up again.
 */
public final class SegmentBlockStore implements BlockStore {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentBlockStore.class);
    private static final int CLOSE_MILLIS = 30_000;

    private final BlockStorePorts ports;
    private final SegmentTable segments = new SegmentTable();
    private final BlockIndex index;
    private final SegmentFiles files;
    private final SegmentWriter writer;
    private final Appender appender;
    private final Workers readers;
    private final RecordReader reader;
    private final Quarantine quarantine;
    private final Compactor compactor;

    private SegmentBlockStore(BlockStorePorts ports, BlockStoreOptions options, BlockStoreObserver observer) {
        this.ports = ports;
        index = new BlockIndex(ports.records());
        files = new SegmentFiles(ports.files(), options.openFilesMax());
        writer = new SegmentWriter(files, segments, ports.clock(), ports.random(), options.segmentBytes());
        appender = new Appender(ports, index, segments, writer, options, observer);
        readers = new Workers(ports.readers());
        reader = new RecordReader(files);
        quarantine = new Quarantine(appender, index, observer);
        compactor = new Compactor(appender, readers, index, segments, files, reader, quarantine, options, observer);
    }

    /**
     * Recovers what is there. The future fails with {@link StoreFailedException} if that cannot be read, or is of a newer
     * format (then nothing was changed).
     */
    public static Future<SegmentBlockStore> open(
            BlockStorePorts ports, BlockStoreOptions options, BlockStoreObserver observer) {
        SegmentBlockStore store = new SegmentBlockStore(ports, options, observer);
        return store.onCallersLoop(() -> store.recover(options.segmentBytes())).map(store);
    }

    private Future<Void> recover(long segmentBytes) {
        SegmentRecovery recovery = new SegmentRecovery(files, segments, index, appender);
        return new Workers(ports.appender())
                .call(() -> recovery.run(segmentBytes))
                .compose(newest -> newest)
                .map(newest -> {
                    if (newest != null) {
                        writer.resume(newest);
                    }
                    return null;
                });
    }

    @Override
    public Future<Void> write(BlockRef block, BlockOwner owner, Buffer body) {
        if (body.length() < 1 || body.length() > MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException(
                    "a block takes 1 to " + MAX_BLOCK_BYTES + " bytes, got " + body.length());
        }
        if (owner.key().length > RecordHeader.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has at most " + RecordHeader.KEY_BYTES_MAX + " bytes, got " + owner.key().length);
        }
        if (ports.space().room() != Room.ALL) {
            return Future.failedFuture(new StoreFullException("the disk is too full for blocks; delete or add space"));
        }
        long now = ports.clock().wallMillis();
        return onCallersLoop(() -> appender.write(block, owner, body, now));
    }

    @Override
    public Future<Buffer> read(BlockRef block, int offset, int length) {
        return onCallersLoop(() -> readers.call(() -> readNow(block, offset, length))
                .recover(cause ->
                        cause instanceof SuspectException suspect ? setAside(suspect) : Future.failedFuture(cause)));
    }

    private Buffer readNow(BlockRef block, int offset, int length) throws SuspectException {
        BlockRow row = find(block);
        while (true) {
            Objects.checkFromIndexSize(offset, length, row.bodyBytes());
            try {
                ByteBuf bytes = reader.read(block, row, offset, length);
                return BufferInternal.buffer(bytes);
            } catch (NoSuchFileException e) {
                BlockRow again = find(block);
                if (again.isAt(row)) {
                    throw new SuspectException(
                            block, row, new CorruptRecordException(block + ": no file " + e.getMessage()));
                }
                row = again;
            } catch (CorruptRecordException e) {
                throw new SuspectException(block, row, e);
            } catch (IOException e) {
                throw new StoreFailedException("cannot read " + block + " in segment " + row.segment(), e);
            }
        }
    }

    private BlockRow find(BlockRef block) {
        BlockRow row = index.find(block);
        if (row != null) {
            return row;
        }
        throw index.findQuarantined(block) == null
                ? new BlockMissingException("no block " + block)
                : new BlockCorruptException(block + " was found corrupt earlier and set aside");
    }

    private <T> Future<T> setAside(SuspectException suspect) {
        BlockCorruptException answer = new BlockCorruptException(suspect.found.message());
        return quarantine.add(suspect.block, suspect.row, suspect.found).transform(done -> Future.failedFuture(answer));
    }

    @Override
    public Future<Void> drop(PartitionId partition, BodyId body) {
        return onCallersLoop(() -> appender.drop(partition, body));
    }

    @Override
    public Future<List<StoredBlock>> list(@Nullable BlockRef after, int max) {
        return onCallersLoop(() -> readers.call(() -> index.list(after, max)));
    }

    @Override
    public Future<List<BlockRef>> listSetAside(@Nullable BlockRef after, int max) {
        return onCallersLoop(() -> readers.call(() -> index.listQuarantined(after, max)));
    }

    /**
     * Compacts the segment with the least live part, if one is below the limit. Completes with true if that gave space
     * back; then there may be another one. Meant to be called now and then; a call beside another does nothing.
     */
    public Future<Boolean> compactOnce() {
        return onCallersLoop(compactor::compactOnce);
    }

    /**
     * Reads and checks up to {@code max} blocks in the order of {@link #list}, those after {@code after}; corrupt ones are
     * set aside. A pass over everything is many of these, at the pace of the caller.
     */
    public Future<ScrubbedPage> scrub(@Nullable BlockRef after, int max) {
        return onCallersLoop(() -> readers.call(() -> scrubNow(after, max))
                .compose(scrubbed -> Future.join(scrubbed.suspects.stream()
                                .map(each -> quarantine.add(each.block, each.row, each.found))
                                .toList())
                        .transform(setAside -> Future.succeededFuture(scrubbed.page))));
    }

    private record Scrubbed(ScrubbedPage page, List<SuspectException> suspects) {}

    private Scrubbed scrubNow(@Nullable BlockRef after, int max) {
        List<StoredBlock> listed = index.list(after, max);
        List<SuspectException> suspects = new ArrayList<>();
        long bytes = 0;
        for (StoredBlock each : listed) {
            try {
                bytes += readNow(each.block(), 0, each.length()).length();
            } catch (SuspectException e) {
                suspects.add(e);
            } catch (BlockMissingException | BlockCorruptException | IndexOutOfBoundsException e) {
                LOG.debug("event=scrub-passed-over message=\"{}\"", e.getMessage());
            } catch (StoreFailedException e) {
                // not set aside: what cannot be read now may be readable again
                LOG.error("event=block-unreadable message=\"{}\"", e.getMessage());
            }
        }
        BlockRef next =
                listed.size() < max ? null : listed.get(listed.size() - 1).block();
        return new Scrubbed(new ScrubbedPage(next, listed.size(), bytes, suspects.size()), suspects);
    }

    @Override
    public Stats stats() {
        SegmentTable.Totals totals = segments.totals();
        Files.Space space = space();
        return new Stats(
                totals.blocks(),
                totals.liveBytes(),
                totals.segmentBytes(),
                totals.segments(),
                space.capacityBytes(),
                space.freeBytes(),
                quarantine.found(),
                compactor.compactedBytes());
    }

    private Files.Space space() {
        try {
            return ports.files().space();
        } catch (IOException e) {
            LOG.warn("event=blocks-space-unknown message=\"{}\"", e.getMessage());
            return new Files.Space(0, 0);
        }
    }

    /** Fails what waits, and blocks until the step under way has ended: not for event loops, and before them. */
    @Override
    public void close() {
        appender.close();
        try {
            appender.awaitIdle(CLOSE_MILLIS);
            files.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("event=blocks-close-failed message=\"{}\"", e.getMessage());
        }
    }

    private <T> Future<T> onCallersLoop(Supplier<Future<T>> operation) {
        Loop caller = ports.loops().current();
        Promise<T> promise = Promise.promise();
        operation.get().onComplete(done -> caller.execute(() -> promise.handle(done)));
        return promise.future();
    }

    /** A read met a record that is not as it was written. */
    private static final class SuspectException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient BlockRef block;
        private final transient BlockRow row;
        private final CorruptRecordException found;

        SuspectException(BlockRef block, BlockRow row, CorruptRecordException found) {
            super(found.getMessage(), null, false, false);
            this.block = block;
            this.row = row;
            this.found = found;
        }
    }
}
