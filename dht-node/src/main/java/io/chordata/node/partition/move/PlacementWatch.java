package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the ring again and again, and so knows since when each partition's desired members are the same. Of the time before
 * its first look it knows nothing. Belongs to one loop; what it hands out does not change.
 */
public final class PlacementWatch {
    /** Of so many nodes, one may be down before replacing stops. */
    private static final int DOWN_SHARE = 3;

    private final List<Desired> desired = new ArrayList<>();

    /**
     * A node as the directory has it.
     *
     * @param zone what fails together has the same
     */
    public record Node(NodeId node, NodeCondition condition, String zone) {}

    public PlacementWatch(int partitions) {
        for (int p = 0; p < partitions; p++) {
            desired.add(Desired.UNKNOWN);
        }
    }

    /**
     * @param nodes all that are known
     * @param placement the desired members of each partition, in order
     */
    public Surroundings look(long nowMillis, List<Node> nodes, Function<PartitionId, List<NodeId>> placement) {
        for (int p = 0; p < desired.size(); p++) {
            List<NodeId> members = placement.apply(new PartitionId(p));
            if (!members.equals(desired.get(p).members())) {
                desired.set(p, new Desired(members, nowMillis));
            }
        }
        Map<NodeId, NodeCondition> conditions = new TreeMap<>();
        nodes.forEach(node -> conditions.put(node.node(), node.condition()));
        return new Seen(List.copyOf(desired), conditions, isBraked(nodes));
    }

    /**
     * Why a node must not be drained: nobody would be left to hold what it holds. Null if it may.
     *
     * @param replication how many nodes should hold each partition
     */
    public static @Nullable String refusalToDrain(NodeId node, List<Node> nodes, int replication) {
        long left = nodes.stream()
                .filter(other -> other.condition() == NodeCondition.ALIVE)
                .filter(other -> !other.node().equals(node))
                .count();
        return left >= replication
                ? null
                : "without " + node + " only " + left + " nodes would be left to hold " + replication + " copies";
    }

    /** Whether more than a third of the nodes are down, or all nodes of each of several zones. */
    static boolean isBraked(List<Node> nodes) {
        Set<String> zones = new TreeSet<>();
        Set<String> zonesUp = new TreeSet<>();
        int known = 0;
        int down = 0;
        for (Node node : nodes) {
            if (node.condition() == NodeCondition.GONE) {
                continue;
            }
            known++;
            zones.add(node.zone());
            if (node.condition() == NodeCondition.DOWN) {
                down++;
            } else {
                zonesUp.add(node.zone());
            }
        }
        return down * DOWN_SHARE > known || zones.size() - zonesUp.size() > 1;
    }

    private record Seen(List<Desired> all, Map<NodeId, NodeCondition> conditions, boolean isBraked)
            implements Surroundings {
        @Override
        public Desired desired(PartitionId partition) {
            return all.get(partition.number());
        }

        @Override
        public NodeCondition condition(NodeId node) {
            return conditions.getOrDefault(node, NodeCondition.GONE);
        }
    }
}
