package io.chordata.node.cluster;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes should keep a partition: those of the machines in the cluster that it weighs most (rendezvous hashing), of
 * distinct zones first, so that one that comes or goes moves little more than its share. Stands for the ring, which has
 * simulators of its own.
 */
final class Placement {
    private final Cluster cluster;
    private final int replicas;
    private final Map<Key, List<NodeId>> known = new HashMap<>();

    private record Key(PartitionId partition, List<NodeId> nodes) {}

    /** @param replicas on so many nodes each partition should be */
    Placement(Cluster cluster, int replicas) {
        this.cluster = cluster;
        this.replicas = replicas;
    }

    int replicas() {
        return replicas;
    }

    /** As it should be once everybody is well. */
    List<NodeId> desired(PartitionId partition) {
        return desired(partition, Set.of());
    }

    /** @param replaced nodes that have been down for so long that others take their part */
    List<NodeId> desired(PartitionId partition, Set<NodeId> replaced) {
        List<Machine> machines = cluster.machines.stream()
                .filter(machine -> machine.isIn && !replaced.contains(machine.id))
                .toList();
        List<NodeId> nodes = machines.stream().map(machine -> machine.id).toList();
        return known.computeIfAbsent(new Key(partition, nodes), key -> choose(partition, machines));
    }

    private List<NodeId> choose(PartitionId partition, List<Machine> machines) {
        List<Machine> left = new ArrayList<>(machines);
        left.sort(Comparator.comparingLong(machine -> weight(partition, machine.id)));
        List<NodeId> chosen = new ArrayList<>();
        while (chosen.size() < replicas && !left.isEmpty()) {
            Set<String> zones = new HashSet<>();
            left.removeIf(machine -> chosen.size() < replicas && zones.add(machine.zone) && chosen.add(machine.id));
        }
        return List.copyOf(chosen);
    }

    /** Those who should keep it, then all others. */
    List<NodeId> likely(PartitionId partition) {
        List<NodeId> nodes = new ArrayList<>(desired(partition));
        cluster.machines.stream()
                .map(machine -> machine.id)
                .filter(node -> !nodes.contains(node))
                .sorted(Comparator.comparingLong(node -> weight(partition, node)))
                .forEach(nodes::add);
        return nodes;
    }

    private static long weight(PartitionId partition, NodeId node) {
        long mixed =
                (partition.number() + 1) * 0x9E3779B97F4A7C15L ^ node.value().low() * 0xC2B2AE3D27D4EB4FL;
        mixed = (mixed ^ mixed >>> 31) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 29;
    }
}
