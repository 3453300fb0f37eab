package io.chordata.node.object;

/**
 * How the object layer works.
 *
 * @param shardBits a new bucket's index has 2^shardBits shards (0 to 10). More spread a bucket's writes over more
 *     partitions; each listing and each create or delete of a bucket asks every one
 * @param inlineLimitBytes bodies up to this size live in their record (0 to 65,536). Larger saves a block write and read
 *     for more objects, and makes the log and the records larger
 * @param bucketCacheMax names whose bucket is remembered. Larger costs about 200 bytes each, smaller a read of the system
 *     shard for each operation on a bucket that was forgotten
 * @param housekeepingPeriodMillis how often each partition is asked for garbage whose time has come. Shorter frees space
 *     sooner, longer costs less reading
 * @param housekeepingRowsMax rows handled in one command. Larger is faster, smaller keeps other commands waiting less
 * @param orphanPeriodMillis how often all blocks are held against the index. Shorter frees the space of broken uploads
 *     sooner, longer costs less reading
 */
public record ObjectOptions(
        int shardBits,
        int inlineLimitBytes,
        int bucketCacheMax,
        long housekeepingPeriodMillis,
        int housekeepingRowsMax,
        long orphanPeriodMillis) {
    public static final ObjectOptions DEFAULT = new ObjectOptions(4, 16 << 10, 10_000, 60_000, 1_000, 86_400_000);

    public ObjectOptions {
        require("shardBits", shardBits, 0, 10);
        require("inlineLimitBytes", inlineLimitBytes, 0, 1 << 16);
        require("bucketCacheMax", bucketCacheMax, 0, 10_000_000);
        require("housekeepingPeriodMillis", housekeepingPeriodMillis, 100, 86_400_000);
        require("housekeepingRowsMax", housekeepingRowsMax, 1, 10_000);
        require("orphanPeriodMillis", orphanPeriodMillis, 100, 30 * 86_400_000L);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", got " + value);
        }
    }
}
