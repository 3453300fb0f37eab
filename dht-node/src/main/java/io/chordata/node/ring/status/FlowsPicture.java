package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.status.FlowReport.Kind;
import java.util.List;

/**
 * What went through the nodes of the cluster within the last seconds, as they said at about one moment. Rates are per second.
 *
 * @param nodes that told, by id
 * @param operations of S3 at all of them, by name
 * @param links between nodes, the heaviest first
 * @param linksLeftOut how many lighter ones there are
 * @param unanswered nodes that told nothing, because they are down, too slow, of an older release or answered nonsense; by id
 */
public record FlowsPicture(
        List<NodeFlow> nodes,
        List<OperationFlow> operations,
        List<LinkFlow> links,
        int linksLeftOut,
        List<NodeId> unanswered) {
    public FlowsPicture {
        nodes = List.copyOf(nodes);
        operations = List.copyOf(operations);
        links = List.copyOf(links);
        unanswered = List.copyOf(unanswered);
    }

    /**
     * S3 at one node.
     *
     * @param failed how many were
     * @param p99Micros of all its operations together; 0 where there were none
     */
    public record NodeFlow(
            NodeId node, double requests, long failed, double receivedBytes, double sentBytes, long p99Micros) {}

    public record OperationFlow(String name, double requests, long p50Micros, long p99Micros) {}

    public record LinkFlow(NodeId from, NodeId to, Kind kind, double bytes) {}
}
