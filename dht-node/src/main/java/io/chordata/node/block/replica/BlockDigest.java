package io.chordata.node.block.replica;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore.StoredBlock;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums over the ids of one partition's blocks, for each day on which bodies were begun 64 of them. Equal sets have equal sums;
 * unequal ones have equal sums by chance only, one in 2^64.
 */
final class BlockDigest {
    static final int BUCKETS = 64;

    private static final long DAY_MILLIS = 86_400_000;
    private static final long[] NONE = new long[BUCKETS];

    private final SortedMap<Integer, long[]> days = new TreeMap<>();

    static int dayOf(StoredBlock block) {
        return (int) (block.owner().startedMillis() / DAY_MILLIS);
    }

    static int bucketOf(BlockRef block) {
        return (int) (hash(block) >>> (Long.SIZE - 6));
    }

    void add(StoredBlock block) {
        days.computeIfAbsent(dayOf(block), day -> new long[BUCKETS])[bucketOf(block.block())] +=
                mixed(hash(block.block()));
    }

    SortedMap<Integer, long[]> days() {
        return days;
    }

    long[] sumsOf(int day) {
        return days.getOrDefault(day, NONE);
    }

    static long sumOf(long[] buckets) {
        long sum = 0;
        for (long bucket : buckets) {
            sum = mixed(sum + bucket);
        }
        return sum;
    }

    /** Body ids are random already; the index moves through all bits. */
    private static long hash(BlockRef block) {
        return mixed(block.body().value().high() + mixed(block.body().value().low() + mixed(block.index() + 1)));
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
