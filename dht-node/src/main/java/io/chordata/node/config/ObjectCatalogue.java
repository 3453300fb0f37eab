package io.chordata.node.config;

import static io.chordata.node.config.Option.count;
import static io.chordata.node.config.Option.duration;
import static io.chordata.node.config.Option.size;

import io.chordata.node.block.BodyOptions;
import io.chordata.node.object.ObjectOptions;
import io.chordata.node.partition.PartitionOptions;
import java.time.Duration;
import java.util.List;

/** The options of the packages {@code object}, {@code block} and {@code partition}, and the records made of them. */
final class ObjectCatalogue {
    private static final ObjectOptions OBJECTS = ObjectOptions.DEFAULT;
    private static final BodyOptions BODIES =
            BodyOptions.forHeap(Runtime.getRuntime().maxMemory());
    private static final PartitionOptions PARTITIONS = PartitionOptions.DEFAULT;
    private static final int SHARD_BITS_MAX = 10;

    static final Option<Integer> SHARD_BITS = Option.of(
            "shardBits",
            OptionType.number(0, SHARD_BITS_MAX),
            OBJECTS.shardBits(),
            "A new bucket's index has 2^this shards. More: writes spread. Less: cheaper listings.");
    static final Option<DataSize> INLINE_LIMIT = size(
            "inlineLimit", OBJECTS.inlineLimitBytes(), "Bodies up to this live in their record. More: larger logs.");
    static final Option<Integer> BUCKET_CACHE =
            count("bucketCache", OBJECTS.bucketCacheMax(), "Names whose bucket is remembered, about 200 bytes each.");
    static final Option<Duration> HOUSEKEEPING_PERIOD =
            duration("housekeepingPeriod", OBJECTS.housekeepingPeriodMillis(), "How often garbage is looked for.");
    static final Option<Integer> HOUSEKEEPING_ROWS = count(
            "housekeepingRows", OBJECTS.housekeepingRowsMax(), "Garbage handled at a time. Less: others wait less.");
    static final Option<Duration> ORPHAN_PERIOD =
            duration("orphanPeriod", OBJECTS.orphanPeriodMillis(), "How often blocks are held against the index.");

    static final Option<DataSize> BLOCK_SIZE = size(
            "blockSize", BODIES.blockBytes(), "Blocks of new bodies. More: fewer syncs. Less: memory for each body.");
    static final Option<Integer> BLOCKS_IN_FLIGHT =
            count("blocksInFlight", BODIES.inFlightBlocks(), "Blocks of one body on their way to the disk at a time.");
    static final Option<DataSize> WRITE_BUFFER = size(
            "writeBuffer", BODIES.writeBufferBytes(), "All bodies being written. More: more uploads at full speed.");
    static final Option<DataSize> READ_SIZE =
            size("readSize", BODIES.readBytes(), "Read at once. More: fewer trips. Less: an earlier first byte.");
    static final Option<Integer> READ_AHEAD =
            count("readAhead", BODIES.readAheadPieces(), "Pieces of a body read before they are asked for.");
    static final Option<DataSize> READ_BUFFER =
            size("readBuffer", BODIES.readBufferBytes(), "All that is read ahead; beyond it readers take turns.");

    static final Option<DataSize> COMMAND_SIZE =
            size("commandSize", PARTITIONS.maxCommandBytes(), "Largest command. More: bigger manifests fit.");
    static final Option<Integer> PARTITION_QUEUE =
            count("partitionQueue", PARTITIONS.maxQueuedPerPartition(), "Commands that may wait at one partition.");
    static final Option<DataSize> PARTITION_QUEUE_SIZE =
            size("partitionQueueSize", PARTITIONS.maxQueuedBytesPerPartition(), "Bytes of those commands.");
    static final Option<Integer> NODE_QUEUE =
            count("nodeQueue", PARTITIONS.maxQueued(), "Commands that may wait at all partitions together.");
    static final Option<DataSize> NODE_QUEUE_SIZE =
            size("nodeQueueSize", PARTITIONS.maxQueuedBytes(), "Bytes of those commands.");
    static final Option<Integer> APPLY_ENTRIES = count(
            "applyEntries", PARTITIONS.maxApplyEntries(), "Entries applied in one go. Less: loops are held less.");
    static final Option<DataSize> APPLY_SIZE =
            size("applySize", PARTITIONS.maxApplyBytes(), "Bytes of the entries applied in one go.");
    static final Option<DataSize> LOG_SIZE =
            size("logSize", PARTITIONS.maxLogBytes(), "All logs kept. More: rarer flushes. Less: a faster start.");
    static final Option<Duration> LOG_TRUNCATE_PERIOD = duration(
            "logTruncatePeriod", PARTITIONS.truncateIntervalMillis(), "Logs are truncated at least this often.");

    static final List<Option<?>> ALL = List.of(
            SHARD_BITS,
            INLINE_LIMIT,
            BUCKET_CACHE,
            HOUSEKEEPING_PERIOD,
            HOUSEKEEPING_ROWS,
            ORPHAN_PERIOD,
            BLOCK_SIZE,
            BLOCKS_IN_FLIGHT,
            WRITE_BUFFER,
            READ_SIZE,
            READ_AHEAD,
            READ_BUFFER,
            COMMAND_SIZE,
            PARTITION_QUEUE,
            PARTITION_QUEUE_SIZE,
            NODE_QUEUE,
            NODE_QUEUE_SIZE,
            APPLY_ENTRIES,
            APPLY_SIZE,
            LOG_SIZE,
            LOG_TRUNCATE_PERIOD);

    private ObjectCatalogue() {}

    static ObjectOptions objects(Settings settings) {
        return new ObjectOptions(
                settings.get(SHARD_BITS),
                settings.intBytes(INLINE_LIMIT),
                settings.get(BUCKET_CACHE),
                settings.millis(HOUSEKEEPING_PERIOD),
                settings.get(HOUSEKEEPING_ROWS),
                settings.millis(ORPHAN_PERIOD));
    }

    static BodyOptions bodies(Settings settings) {
        return new BodyOptions(
                settings.intBytes(BLOCK_SIZE),
                settings.get(BLOCKS_IN_FLIGHT),
                settings.bytes(WRITE_BUFFER),
                settings.intBytes(READ_SIZE),
                settings.get(READ_AHEAD),
                settings.bytes(READ_BUFFER));
    }

    static PartitionOptions partitions(Settings settings) {
        return new PartitionOptions(
                settings.intBytes(COMMAND_SIZE),
                settings.get(PARTITION_QUEUE),
                settings.bytes(PARTITION_QUEUE_SIZE),
                settings.get(NODE_QUEUE),
                settings.bytes(NODE_QUEUE_SIZE),
                settings.get(APPLY_ENTRIES),
                settings.bytes(APPLY_SIZE),
                settings.bytes(LOG_SIZE),
                settings.millis(LOG_TRUNCATE_PERIOD));
    }
}
