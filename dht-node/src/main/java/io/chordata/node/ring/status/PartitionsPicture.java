package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which nodes hold which partitions, as they said at about one moment.
 *
 * @param holders of each partition that somebody holds, by node
 * @param unanswered what they hold nobody told, because they are down, too slow or answered nonsense; by id
 */
public record PartitionsPicture(SortedMap<PartitionId, List<Holder>> holders, List<NodeId> unanswered) {
    public PartitionsPicture {
        holders = Collections.unmodifiableSortedMap(new TreeMap<>(holders));
        unanswered = List.copyOf(unanswered);
    }

    /** A node that holds the partition, and what it says of it. */
    public record Holder(NodeId node, PartitionReport report) {}

    /** @param told what each node that answered holds */
    static PartitionsPicture of(SortedMap<NodeId, List<PartitionReport>> told, List<NodeId> unanswered) {
        SortedMap<PartitionId, List<Holder>> holders = new TreeMap<>();
        for (Map.Entry<NodeId, List<PartitionReport>> node : told.entrySet()) {
            for (PartitionReport report : node.getValue()) {
                holders.computeIfAbsent(report.partition(), first -> new ArrayList<>(1))
                        .add(new Holder(node.getKey(), report));
            }
        }
        return new PartitionsPicture(holders, unanswered);
    }

    /** Nobody, where nobody who answered named it. */
    public List<Holder> holdersOf(PartitionId partition) {
        return holders.getOrDefault(partition, List.of());
    }

    /** Whether somebody takes commands for it. */
    public boolean isServed(PartitionId partition) {
        return holdersOf(partition).stream().anyMatch(holder -> holder.report().isServing());
    }
}
