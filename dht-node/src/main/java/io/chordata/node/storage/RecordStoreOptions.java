package io.chordata.node.storage;

/**
 * How much of memory and disk the record store may use. The sum of {@code cacheBytes}, {@code memtableBytes} and
 * {@code queueBytes} bounds its memory, short of a few kilobytes for each open file.
 *
 * @param cacheBytes of blocks, indexes and filters read from disk. Larger: fewer reads go to disk and leave the event
 *     loop. Smaller: less memory.
 * @param memtableBytes of rows not yet in sorted files. Larger: fewer, larger flushes and less rewriting. Smaller: less
 *     memory and less to replay after a crash.
 * @param walBytes of write-ahead log on disk, above which the oldest rows are flushed. Larger: fewer flushes. Smaller:
 *     a faster start after a crash.
 * @param openFilesMax sorted files held open. Larger: fewer reopens, each of which makes a cold read. Smaller: less
 *     memory and fewer descriptors.
 * @param backgroundThreads that flush and compact. Larger: bursts are absorbed faster. Smaller: more of the processor
 *     is left to requests.
 * @param queueBytes of batches that may wait for the writer thread. Larger: longer bursts and longer waits. Smaller:
 *     {@link io.chordata.node.core.StoreBusyException} comes earlier.
 * @param queueBatchesMax batches that may wait, however small they are
 * @param groupBytes written under one sync. Larger: more throughput under load. Smaller: a batch waits less for its
 *     companions.
 */
public record RecordStoreOptions(
        long cacheBytes,
        long memtableBytes,
        long walBytes,
        int openFilesMax,
        int backgroundThreads,
        long queueBytes,
        int queueBatchesMax,
        long groupBytes) {
    private static final long MIB = 1 << 20;

    /** For a process that is given 256 MiB. */
    public static final RecordStoreOptions DEFAULT = ofMemory(96 * MIB);

    public RecordStoreOptions {
        requireAtLeast("cacheBytes", cacheBytes, MIB);
        requireAtLeast("memtableBytes", memtableBytes, 2 * MIB);
        requireAtLeast("walBytes", walBytes, MIB);
        requireAtLeast("openFilesMax", openFilesMax, 32);
        requireAtLeast("backgroundThreads", backgroundThreads, 1);
        requireAtLeast("queueBytes", queueBytes, 64 << 10);
        requireAtLeast("queueBatchesMax", queueBatchesMax, 1);
        requireAtLeast("groupBytes", groupBytes, 4 << 10);
    }

    /** Options whose memory adds up to {@code budgetBytes}. */
    public static RecordStoreOptions ofMemory(long budgetBytes) {
        long third = budgetBytes / 3;
        return new RecordStoreOptions(third, third, Math.max(64 * MIB, 2 * third), 256, 2, third, 16_384, 4 * MIB);
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
        }
    }
}
