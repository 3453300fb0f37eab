package io.chordata.node.partition;

import io.chordata.node.core.Peers.Service;

/**
 * How much the partitions of a node may hold in memory and on disk.
 *
 * @param maxCommandBytes largest command taken. Larger: bigger manifests fit; smaller: a single entry holds up less
 * @param maxQueuedPerPartition commands, and apart from them queries, that may wait at one partition. Larger: bursts on
 *     one bucket pass; smaller: they are refused as too busy sooner, before they wait for long
 * @param maxQueuedBytesPerPartition of those commands
 * @param maxQueued as {@code maxQueuedPerPartition}, for all partitions together
 * @param maxQueuedBytes of the commands of all partitions. Larger costs heap, smaller refuses sooner
 * @param maxApplyEntries applied in one go. Larger: fewer, bigger writes; smaller: the event loop is held for less time
 * @param maxApplyBytes of the commands applied in one go
 * @param maxLogBytes of all partitions' logs; above it they are truncated, at twice as much commands are refused.
 *     Larger: rarer flushes, but a longer replay at the next start; smaller: the reverse
 * @param truncateIntervalMillis logs are truncated at least this often. Longer: fewer flushes; shorter: less replay
 */
public record PartitionOptions(
        int maxCommandBytes,
        int maxQueuedPerPartition,
        long maxQueuedBytesPerPartition,
        int maxQueued,
        long maxQueuedBytes,
        int maxApplyEntries,
        long maxApplyBytes,
        long maxLogBytes,
        long truncateIntervalMillis) {
    /** With all that surrounds it on its way, a command must fit into one frame between nodes. */
    private static final int COMMAND_BYTES_MAX =
            Math.min(Service.GROUPS.bytesMax(), Service.PARTITIONS.bytesMax()) - (64 << 10);

    public static final PartitionOptions DEFAULT =
            new PartitionOptions(4 << 20, 4096, 32L << 20, 32_768, 64L << 20, 128, 1L << 20, 256L << 20, 600_000);

    public PartitionOptions {
        atLeast("maxCommandBytes", maxCommandBytes, 1);
        if (maxCommandBytes > COMMAND_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "maxCommandBytes must be at most " + COMMAND_BYTES_MAX + ", got " + maxCommandBytes);
        }
        atLeast("maxQueuedPerPartition", maxQueuedPerPartition, 1);
        atLeast("maxQueuedBytesPerPartition", maxQueuedBytesPerPartition, maxCommandBytes);
        atLeast("maxQueued", maxQueued, 1);
        atLeast("maxQueuedBytes", maxQueuedBytes, maxCommandBytes);
        atLeast("maxApplyEntries", maxApplyEntries, 1);
        atLeast("maxApplyBytes", maxApplyBytes, 1);
        atLeast("maxLogBytes", maxLogBytes, 1);
        atLeast("truncateIntervalMillis", truncateIntervalMillis, 1);
    }

    private static void atLeast(String name, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ", got " + value);
        }
    }
}
