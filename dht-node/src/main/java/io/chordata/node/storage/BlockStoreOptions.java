package io.chordata.node.storage;

/**
 * How the block store uses disk and memory. {@code queueBytes} and 1 MiB for staging, 256 KiB for each reader and the
 * records of one compaction step (at most 24 MiB) bound its memory.
 *
 * @param segmentBytes of a segment file. Larger: fewer files, and compaction moves more at a time. Smaller: dead space
 *     comes back sooner.
 * @param queueBytes of bodies that may wait to be written. Larger: longer bursts and longer waits. Smaller:
 *     {@link io.chordata.node.core.StoreBusyException} comes earlier.
 * @param commitBytes of bodies written under one sync. Larger: more throughput under load. Smaller: a block waits less
 *     for its companions.
 * @param openFilesMax segment files held open beside those in use. Larger: fewer reopens. Smaller: fewer descriptors.
 * @param readerThreads reads under way at a time. Larger: a disk with a deep queue is used better. Smaller: more of the
 *     processor is left to requests.
 * @param compactBelowPercent of a full segment's bytes that still belong to blocks, below which it is compacted. Larger:
 *     less dead space, more copying. Smaller: the reverse. At most 50 guarantees that each step frees more than it
 *     writes.
 */
public record BlockStoreOptions(
        long segmentBytes,
        long queueBytes,
        int commitBytes,
        int openFilesMax,
        int readerThreads,
        int compactBelowPercent) {
    public static final BlockStoreOptions DEFAULT = new BlockStoreOptions(256L << 20, 64L << 20, 32 << 20, 256, 4, 50);

    public BlockStoreOptions {
        requireWithin("segmentBytes", segmentBytes, 16 << 10, 1L << 40);
        requireWithin("queueBytes", queueBytes, 1, Long.MAX_VALUE);
        requireWithin("commitBytes", commitBytes, 1, 1 << 30);
        requireWithin("openFilesMax", openFilesMax, 1, 1 << 20);
        requireWithin("readerThreads", readerThreads, 1, 1024);
        requireWithin("compactBelowPercent", compactBelowPercent, 1, 50);
    }

    private static void requireWithin(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", got " + value);
        }
    }
}
