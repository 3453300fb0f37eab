package io.chordata.node.core;

/**
 * Which block, and where it is kept.
 *
 * @param partition where block {@code index} of the body hashes to
 * @param index from 0
 */
public record BlockRef(PartitionId partition, BodyId body, int index) {
    public BlockRef {
        if (index < 0) {
            throw new IllegalArgumentException("block indexes start at 0, got " + index);
        }
    }

    /** The block, at the partition that its id names. */
    public static BlockRef of(Partitioning partitioning, BodyId body, int index) {
        return new BlockRef(partitioning.partitionOf(DerivedIds.blockId(body, index)), body, index);
    }
}
