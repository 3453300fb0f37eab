package io.chordata.node.config;

import static io.chordata.node.config.Option.count;
import static io.chordata.node.config.Option.duration;
import static io.chordata.node.config.Option.size;

import io.chordata.node.storage.BlockMaintenanceOptions;
import io.chordata.node.storage.BlockStoreOptions;
import io.chordata.node.storage.RecordStoreOptions;
import io.chordata.node.storage.SpaceGuardOptions;
import java.time.Duration;
import java.util.List;

/** The options of package {@code storage}, and the records made of them. */
final class StorageCatalogue {
    private static final RecordStoreOptions RECORDS = RecordStoreOptions.DEFAULT;
    private static final BlockStoreOptions BLOCKS = BlockStoreOptions.DEFAULT;
    private static final BlockMaintenanceOptions MAINTENANCE = BlockMaintenanceOptions.DEFAULT;
    private static final SpaceGuardOptions SPACE = SpaceGuardOptions.DEFAULT;
    private static final int PERMILLE = 1000;
    private static final int PERCENT_MAX = 50;

    static final Option<DataSize> RECORD_CACHE = size(
            "recordCache",
            RECORDS.cacheBytes(),
            "Cache of records read from disk. More: fewer cold reads. Less: memory.");
    static final Option<DataSize> RECORD_MEMTABLES = size(
            "recordMemtables",
            RECORDS.memtableBytes(),
            "Rows not yet in sorted files. More: fewer flushes. Less: memory, and a shorter replay.");
    static final Option<DataSize> RECORD_WAL =
            size("recordWal", RECORDS.walBytes(), "Write-ahead log kept. More: fewer flushes. Less: a faster start.");
    static final Option<Integer> RECORD_OPEN_FILES = count(
            "recordOpenFiles",
            RECORDS.openFilesMax(),
            "Sorted files held open. More: fewer reopens. Less: descriptors.");
    static final Option<Integer> RECORD_THREADS = count(
            "recordThreads",
            RECORDS.backgroundThreads(),
            "Threads that flush and compact records. More: bursts pass. Less: processor for requests.");
    static final Option<DataSize> RECORD_QUEUE = size(
            "recordQueue", RECORDS.queueBytes(), "Record batches that may wait. More: longer bursts, longer waits.");
    static final Option<Integer> RECORD_QUEUE_BATCHES =
            count("recordQueueBatches", RECORDS.queueBatchesMax(), "Record batches that may wait, however small.");
    static final Option<DataSize> RECORD_GROUP = size(
            "recordGroup", RECORDS.groupBytes(), "Record batches under one sync. More: throughput. Less: waiting.");

    static final Option<DataSize> SEGMENT_SIZE =
            size("segmentSize", BLOCKS.segmentBytes(), "Size of a segment file. Less: dead space comes back sooner.");
    static final Option<DataSize> BLOCK_QUEUE = size(
            "blockQueue",
            BLOCKS.queueBytes(),
            "Blocks that may wait to be written. More: longer bursts, longer waits.");
    static final Option<DataSize> BLOCK_COMMIT =
            size("blockCommit", BLOCKS.commitBytes(), "Blocks under one sync. More: throughput. Less: waiting.");
    static final Option<Integer> BLOCK_OPEN_FILES = count(
            "blockOpenFiles",
            BLOCKS.openFilesMax(),
            "Segment files held open. More: fewer reopens. Less: descriptors.");
    static final Option<Integer> BLOCK_READERS =
            count("blockReaders", BLOCKS.readerThreads(), "Block reads at a time. More: suits disks with deep queues.");
    static final Option<Integer> COMPACT_BELOW_PERCENT = Option.of(
            "compactBelowPercent",
            OptionType.number(1, PERCENT_MAX),
            BLOCKS.compactBelowPercent(),
            "Live part of a segment below which it is compacted. More: less dead space, more copying.");

    static final Option<Duration> COMPACTION_PAUSE = duration(
            "compactionPause", MAINTENANCE.compactionPauseMillis(), "Between two looks for a segment to compact.");
    static final Option<DataSize> SCRUB_RATE = size(
            "scrubRate", MAINTENANCE.scrubBytesPerSecond(), "Read and checked per second. More: rot is found sooner.");
    static final Option<Duration> SCRUB_PAUSE =
            duration("scrubPause", MAINTENANCE.scrubPauseMillis(), "Between two checks of all blocks.");

    static final Option<Integer> BLOCKS_STOP_PERMILLE =
            permille("blocksStopPermille", SPACE.blocksStopPermille(), "Disk used, at which no more blocks are taken.");
    static final Option<Integer> RECORDS_STOP_PERMILLE =
            permille("recordsStopPermille", SPACE.recordsStopPermille(), "Disk used, at which only deletes are taken.");
    static final Option<Integer> SPACE_RESUME_PERMILLE = permille(
            "spaceResumePermille",
            SPACE.resumePermille(),
            "Below a stop, at which writing goes on. More: fewer flips.");

    static final List<Option<?>> ALL = List.of(
            RECORD_CACHE,
            RECORD_MEMTABLES,
            RECORD_WAL,
            RECORD_OPEN_FILES,
            RECORD_THREADS,
            RECORD_QUEUE,
            RECORD_QUEUE_BATCHES,
            RECORD_GROUP,
            SEGMENT_SIZE,
            BLOCK_QUEUE,
            BLOCK_COMMIT,
            BLOCK_OPEN_FILES,
            BLOCK_READERS,
            COMPACT_BELOW_PERCENT,
            COMPACTION_PAUSE,
            SCRUB_RATE,
            SCRUB_PAUSE,
            BLOCKS_STOP_PERMILLE,
            RECORDS_STOP_PERMILLE,
            SPACE_RESUME_PERMILLE);

    private StorageCatalogue() {}

    static RecordStoreOptions records(Settings settings) {
        return new RecordStoreOptions(
                settings.bytes(RECORD_CACHE),
                settings.bytes(RECORD_MEMTABLES),
                settings.bytes(RECORD_WAL),
                settings.get(RECORD_OPEN_FILES),
                settings.get(RECORD_THREADS),
                settings.bytes(RECORD_QUEUE),
                settings.get(RECORD_QUEUE_BATCHES),
                settings.bytes(RECORD_GROUP));
    }

    static BlockStoreOptions blocks(Settings settings) {
        return new BlockStoreOptions(
                settings.bytes(SEGMENT_SIZE),
                settings.bytes(BLOCK_QUEUE),
                settings.intBytes(BLOCK_COMMIT),
                settings.get(BLOCK_OPEN_FILES),
                settings.get(BLOCK_READERS),
                settings.get(COMPACT_BELOW_PERCENT));
    }

    static BlockMaintenanceOptions maintenance(Settings settings) {
        return new BlockMaintenanceOptions(
                settings.millis(COMPACTION_PAUSE), settings.bytes(SCRUB_RATE), settings.millis(SCRUB_PAUSE));
    }

    static SpaceGuardOptions space(Settings settings) {
        return new SpaceGuardOptions(
                settings.get(BLOCKS_STOP_PERMILLE),
                settings.get(RECORDS_STOP_PERMILLE),
                settings.get(SPACE_RESUME_PERMILLE));
    }

    private static Option<Integer> permille(String name, int permille, String help) {
        return Option.of(name, OptionType.number(0, PERMILLE), permille, help);
    }
}
