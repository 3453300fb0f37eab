package io.chordata.node.core;

/**
 * The clockwise way ({@code from}, {@code to}]: what the position {@code to} answers for when {@code from} is its
 * predecessor. Equal ends are the whole ring: a ring of one.
 */
public record Arc(RingId from, RingId to) {
    public boolean contains(RingId point) {
        return point.equals(to) || point.isBetween(from, to);
    }

    /** How much of the ring it is, between 0 and 1. */
    public double share() {
        return from.equals(to) ? 1 : from.distanceTo(to).toDouble() * 0x1p-128;
    }
}
