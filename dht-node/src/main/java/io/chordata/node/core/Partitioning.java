package io.chordata.node.core;

/**
 * The cut of the key space into 2^bits equal partitions, fixed at founding. Partition p begins at
 * {@code p * 2^(128 - bits)}, so the leading bits of an id are its partition.
 *
 * @param bits 4 to 20
 */
public record Partitioning(int bits) {
    public static final int MIN_BITS = 4;
    public static final int MAX_BITS = 20;
    public static final Partitioning DEFAULT = new Partitioning(8);

    public Partitioning {
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw new IllegalArgumentException(
                    "partition bits must be " + MIN_BITS + " to " + MAX_BITS + ", got " + bits);
        }
    }

    public int count() {
        return 1 << bits;
    }

    public PartitionId partitionOf(RingId id) {
        return new PartitionId(id.value().leadingBits(bits));
    }

    /** Where the partition begins. */
    public RingId point(PartitionId partition) {
        if (partition.number() >= count()) {
            throw new IllegalArgumentException(partition + " is outside of " + count() + " partitions");
        }
        return new RingId(new Uint128((long) partition.number() << (Long.SIZE - bits), 0));
    }
}
