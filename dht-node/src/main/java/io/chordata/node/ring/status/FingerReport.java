package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;

/**
 * A finger of a position.
 *
 * @param exponent it begins 2^exponent behind the position, 0 to 127
 * @param id of the position that it leads to
 * @param node whose that is
 */
public record FingerReport(int exponent, RingId id, NodeId node) {
    static final int EXPONENT_MAX = 127;

    public FingerReport {
        if (exponent < 0 || exponent > EXPONENT_MAX) {
            throw new IllegalArgumentException("exponents are 0 to " + EXPONENT_MAX + ", got " + exponent);
        }
    }

    /** How far behind its position it begins. */
    Uint128 distance() {
        return distance(exponent);
    }

    static Uint128 distance(int exponent) {
        return exponent >= Long.SIZE ? new Uint128(1L << (exponent - Long.SIZE), 0) : new Uint128(0, 1L << exponent);
    }
}
