package io.chordata.node.core;

/** A point on the ring. What is stored is placed by the point that its derived id names ({@link DerivedIds}). */
public record RingId(Uint128 value) implements Comparable<RingId> {
    public static RingId parse(String hex) {
        return new RingId(Uint128.parse(hex));
    }

    /** The point {@code distance} further clockwise, modulo 2^128. */
    public RingId plus(Uint128 distance) {
        return new RingId(value.plus(distance));
    }

    /** How far it is clockwise from here to {@code other}; zero to itself. */
    public Uint128 distanceTo(RingId other) {
        return other.value.minus(value);
    }

    /**
     * Whether this point lies strictly inside the clockwise way from {@code from} to {@code to}. Where the ends are equal the
     * way goes once around: everything but the end itself lies on it (Zave, "Reasoning about identifier spaces", section 3).
     */
    public boolean isBetween(RingId from, RingId to) {
        if (equals(from) || equals(to)) {
            return false;
        }
        return from.equals(to) || from.distanceTo(this).compareTo(from.distanceTo(to)) < 0;
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
