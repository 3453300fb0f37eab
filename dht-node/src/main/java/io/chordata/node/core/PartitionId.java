package io.chordata.node.core;

/** The number of a partition, from 0; see {@link Partitioning}. */
public record PartitionId(int number) implements Comparable<PartitionId> {
    public PartitionId {
        if (number < 0) {
            throw new IllegalArgumentException("partition numbers start at 0, got " + number);
        }
    }

    @Override
    public int compareTo(PartitionId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "p" + number;
    }
}
