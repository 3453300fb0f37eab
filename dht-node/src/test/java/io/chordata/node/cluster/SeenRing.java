package io.chordata.node.cluster;

import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.move.Desired;
import io.chordata.node.partition.move.NodeCondition;
import io.chordata.node.partition.move.Surroundings;
import io.chordata.node.sim.SimRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one node sees of the ring: looked at anew now and then, so that nodes see what happens at different times. */
final class SeenRing implements Supplier<Surroundings> {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int LOOK_MILLIS_MAX = 800;

    private final Cluster cluster;
    private final Clock clock;
    private final SimRandom random;
    private @Nullable View view;
    private long lookAgainMillis;

    SeenRing(Cluster cluster, Clock clock, SimRandom random) {
        this.cluster = cluster;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Surroundings get() {
        long now = clock.monotonicNanos() / NANOS_PER_MILLI;
        View seen = view;
        if (seen == null || now >= lookAgainMillis) {
            lookAgainMillis = now + random.nextInt(LOOK_MILLIS_MAX);
            seen = look(seen, now);
            view = seen;
        }
        return seen;
    }

    private View look(@Nullable View before, long now) {
        Map<PartitionId, Desired> desired = new TreeMap<>();
        for (PartitionId partition : cluster.partitions()) {
            List<NodeId> members = cluster.placement.desired(partition);
            Desired last = before == null ? Desired.UNKNOWN : before.desired(partition);
            desired.put(partition, last.members().equals(members) ? last : new Desired(members, now));
        }
        Map<NodeId, NodeCondition> conditions = new TreeMap<>();
        for (Machine machine : cluster.present()) {
            conditions.put(machine.id, condition(machine));
        }
        return new View(desired, conditions);
    }

    private static NodeCondition condition(Machine machine) {
        if (!machine.isUp()) {
            return NodeCondition.DOWN;
        }
        return machine.isIn ? NodeCondition.ALIVE : NodeCondition.DRAINING;
    }

    private record View(Map<PartitionId, Desired> desired, Map<NodeId, NodeCondition> conditions)
            implements Surroundings {
        @Override
        public Desired desired(PartitionId partition) {
            return desired.getOrDefault(partition, Desired.UNKNOWN);
        }

        @Override
        public NodeCondition condition(NodeId node) {
            return conditions.getOrDefault(node, NodeCondition.GONE);
        }

        @Override
        public boolean isBraked() {
            long down = conditions.values().stream()
                    .filter(NodeCondition.DOWN::equals)
                    .count();
            return 3 * down > conditions.size();
        }
    }
}
