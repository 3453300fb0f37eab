package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.status.LookupReport.Hop;
import java.util.List;

/**
 * Who answers for an id, and how that was found out.
 *
 * @param position that succeeds the id on the ring
 * @param node whose position that is
 * @param partition whose part of the key space holds the id
 * @param replicas the nodes that should hold that partition by the ring's placement, the one that should lead first. Who does
 *     hold it is another thing: {@link PartitionView#voters}
 * @param path the nodes that were asked, first to last
 */
public record LookupView(
        RingId id, RingId position, NodeId node, int partition, List<NodeId> replicas, List<Hop> path) {
    public LookupView {
        replicas = List.copyOf(replicas);
        path = List.copyOf(path);
    }
}
