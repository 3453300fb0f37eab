package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;

/**
 * A finger of a position.
 *
 * @param exponent it begins 2^exponent behind the position, 0 to 127
 * @param id of the position that it leads to
 * @param node whose that is
 */
public record FingerReport(int exponent, RingId id, NodeId node) {
    private static final int EXPONENT_MAX = 127;

    public FingerReport {
        if (exponent < 0 || exponent > EXPONENT_MAX) {
            throw new IllegalArgumentException("exponents are 0 to " + EXPONENT_MAX + ", got " + exponent);
        }
    }
}
