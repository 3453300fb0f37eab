package io.chordata.node.core;

/** A point on the ring. What is stored is placed by the point that its derived id names ({@link DerivedIds}). */
public record RingId(Uint128 value) implements Comparable<RingId> {
    public static RingId parse(String hex) {
        return new RingId(Uint128.parse(hex));
    }

    @Override
    public int compareTo(RingId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
