package io.chordata.node.ring;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.Partitioning;
import io.chordata.node.ring.view.NodeRecord;
import java.util.List;

/**
 * With what a node comes to the ring.
 *
 * @param record of this node, with the incarnation of this start. What it says of candidates and states does not count: the
 *     ring itself knows whether the node has chosen its places, and when they are on the ring
 * @param isWeightMeasured whether its weight is only what its disk has now. Then the one counts for which it chose its places
 * @param isFounder whether this node begins the cluster. Without effect once it has chosen its places
 * @param seeds where to look for the others, beside those that are remembered
 * @param partitioning by which the places are chosen, as {@code replicas}
 * @param replicas the replication factor
 */
public record RingStart(
        NodeRecord record,
        boolean isWeightMeasured,
        boolean isFounder,
        List<NodeAddress> seeds,
        Partitioning partitioning,
        int replicas) {
    public RingStart {
        seeds = List.copyOf(seeds);
    }
}
