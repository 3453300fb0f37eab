package io.chordata.node.ring.status;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.Position;
import java.util.List;

/**
 * A position on the ring, as its node knows it.
 *
 * @param index which of the node's places it is
 * @param candidate which of the candidates for that place it is; with the node, its id follows
 * @param successors nearest first, at least one, in the order of the ring
 * @param fingers by rising exponent, each leading elsewhere than the one before it; empty where nobody asked for them
 */
public record PositionReport(
        int index, int candidate, RingId predecessor, List<RingId> successors, List<FingerReport> fingers) {
    /** More than a successor list ever has. */
    static final int SUCCESSORS_MAX = 64;

    public PositionReport {
        if (index < 0 || index >= Position.PER_NODE_MAX || candidate < 0 || candidate >= Position.CANDIDATES) {
            throw new IllegalArgumentException("no node has place " + index + ", candidate " + candidate);
        }
        successors = List.copyOf(successors);
        fingers = List.copyOf(fingers);
        if (successors.isEmpty() || successors.size() > SUCCESSORS_MAX) {
            throw new IllegalArgumentException(successors.size() + " successors");
        }
        for (int i = 1; i < fingers.size(); i++) {
            if (fingers.get(i).exponent() <= fingers.get(i - 1).exponent()) {
                throw new IllegalArgumentException("fingers out of order");
            }
        }
    }

    RingId idAt(NodeRecord node) {
        return Position.of(node.contact(), index, candidate).id();
    }
}
