package io.chordata.node.cluster;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which nodes should keep a partition: those of the machines in the cluster that it weighs most (rendezvous hashing), so that
 * one that comes or goes moves no more than its share. Stands for the ring, which has simulators of its own.
 */
final class Placement {
    static final int REPLICAS = 3;

    private final Cluster cluster;

    Placement(Cluster cluster) {
        this.cluster = cluster;
    }

    /** An odd number. */
    List<NodeId> desired(PartitionId partition) {
        List<NodeId> nodes = ranked(
                partition,
                cluster.machines.stream().filter(machine -> machine.isIn).toList());
        return nodes.subList(0, nodes.size() < REPLICAS ? 1 : REPLICAS);
    }

    /** Those who should keep it, then all others. */
    List<NodeId> likely(PartitionId partition) {
        List<NodeId> nodes = new ArrayList<>(desired(partition));
        ranked(partition, cluster.machines).stream()
                .filter(node -> !nodes.contains(node))
                .forEach(nodes::add);
        return nodes;
    }

    private static List<NodeId> ranked(PartitionId partition, List<Machine> machines) {
        return machines.stream()
                .map(machine -> machine.id)
                .sorted(Comparator.comparingLong(node -> weight(partition, node)))
                .toList();
    }

    private static long weight(PartitionId partition, NodeId node) {
        long mixed =
                (partition.number() + 1) * 0x9E3779B97F4A7C15L ^ node.value().low() * 0xC2B2AE3D27D4EB4FL;
        mixed = (mixed ^ mixed >>> 31) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 29;
    }
}
