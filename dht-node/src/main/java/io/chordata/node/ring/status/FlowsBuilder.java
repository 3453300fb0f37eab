package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.status.FlowReport.Kind;
import io.chordata.node.ring.status.FlowReport.Link;
import io.chordata.node.ring.status.FlowReport.Requests;
import io.chordata.node.ring.status.FlowsPicture.LinkFlow;
import io.chordata.node.ring.status.FlowsPicture.NodeFlow;
import io.chordata.node.ring.status.FlowsPicture.OperationFlow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up what nodes tell as it comes, so that what many tell never stands in memory at once. */
final class FlowsBuilder {
    static final int LINKS_MAX = 1_000;

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final Comparator<LinkFlow> BY_BYTES = Comparator.comparingDouble(LinkFlow::bytes)
            .thenComparing(LinkFlow::from)
            .thenComparing(LinkFlow::to)
            .thenComparing(LinkFlow::kind);

    private final SortedMap<NodeId, NodeFlow> nodes = new TreeMap<>();
    private final SortedMap<String, LatencyCounts> latencies = new TreeMap<>();
    private final SortedMap<String, Double> rates = new TreeMap<>();
    /** The lightest first. */
    private final PriorityQueue<LinkFlow> links = new PriorityQueue<>(BY_BYTES);

    private int linksLeftOut;

    /** Says whether there was room for it. */
    boolean add(NodeId node, FlowReport report) {
        double perSecond = MILLIS_PER_SECOND / report.millis();
        Requests requests = report.requests();
        LatencyCounts all = LatencyCounts.NONE;
        for (LatencyCounts of : requests.operations().values()) {
            all = all.plus(of);
        }
        nodes.put(
                node,
                new NodeFlow(
                        node,
                        requests.answered() * perSecond,
                        requests.failed(),
                        requests.receivedBytes() * perSecond,
                        requests.sentBytes() * perSecond,
                        all.quantileMicros(99)));
        requests.operations().forEach((name, counts) -> add(name, counts, perSecond));
        report.links().forEach(link -> add(node, link, perSecond));
        return true;
    }

    /** Names that only nodes of other releases know are shown as well, but not without end. */
    private void add(String name, LatencyCounts counts, double perSecond) {
        if (latencies.containsKey(name) || latencies.size() < FlowReport.OPERATIONS_MAX) {
            latencies.merge(name, counts, LatencyCounts::plus);
            rates.merge(name, counts.all() * perSecond, Double::sum);
        }
    }

    private void add(NodeId node, Link link, double perSecond) {
        boolean isSent = link.kind() == Kind.REPLICATION;
        links.add(new LinkFlow(
                isSent ? node : link.peer(), isSent ? link.peer() : node, link.kind(), link.bytes() * perSecond));
        if (links.size() > LINKS_MAX) {
            links.remove();
            linksLeftOut++;
        }
    }

    FlowsPicture picture(List<NodeId> unanswered) {
        List<OperationFlow> operations = new ArrayList<>();
        latencies.forEach((name, counts) -> operations.add(new OperationFlow(
                name, rates.getOrDefault(name, 0.0), counts.quantileMicros(50), counts.quantileMicros(99))));
        return new FlowsPicture(
                List.copyOf(nodes.values()),
                operations,
                links.stream().sorted(BY_BYTES.reversed()).toList(),
                linksLeftOut,
                unanswered);
    }
}
