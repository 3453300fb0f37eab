package io.chordata.node.cluster;

import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.chordata.node.partition.move.NodeCondition;
import io.chordata.node.partition.move.PlacementWatch;
import io.chordata.node.partition.move.Surroundings;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one node sees of the ring: looked at anew now and then, so that nodes see what happens at different times. */
final class SeenRing implements Supplier<Surroundings> {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int LOOK_MILLIS_MAX = 800;

    /** Until then, who does not answer is suspected. */
    private static final long DOWN_AFTER_MILLIS = 600;

    private final Cluster cluster;
    private final Clock clock;
    private final SimRandom random;
    private final long replaceAfterMillis;
    private final PlacementWatch watch;

    /** Since when a node was not seen. */
    private final Map<NodeId, Long> missing = new TreeMap<>();

    private @Nullable Surroundings seen;
    private long lookAgainMillis;

    /** @param replaceAfterMillis when others take the part of one that is down */
    SeenRing(Cluster cluster, Clock clock, SimRandom random, long replaceAfterMillis) {
        this.cluster = cluster;
        this.clock = clock;
        this.random = random;
        this.replaceAfterMillis = replaceAfterMillis;
        this.watch = new PlacementWatch(cluster.partitioning.count());
    }

    @Override
    public Surroundings get() {
        long now = clock.monotonicNanos() / NANOS_PER_MILLI;
        if (seen == null || now >= lookAgainMillis) {
            lookAgainMillis = now + random.nextInt(LOOK_MILLIS_MAX);
            seen = look(now);
        }
        return seen;
    }

    private Surroundings look(long now) {
        List<PlacementWatch.Node> nodes = new ArrayList<>();
        Set<NodeId> replaced = new TreeSet<>();
        for (Machine machine : cluster.present()) {
            long millis = millisMissing(machine, now);
            if (millis >= replaceAfterMillis) {
                replaced.add(machine.id);
            }
            nodes.add(new PlacementWatch.Node(machine.id, condition(machine, millis), machine.zone));
        }
        return watch.look(now, nodes, partition -> cluster.placement.desired(partition, replaced));
    }

    /** -1 while it answers. */
    private long millisMissing(Machine machine, long now) {
        if (machine.answers()) {
            missing.remove(machine.id);
            return -1;
        }
        return now - missing.computeIfAbsent(machine.id, node -> now);
    }

    private static NodeCondition condition(Machine machine, long millisMissing) {
        if (millisMissing >= 0) {
            return millisMissing < DOWN_AFTER_MILLIS ? NodeCondition.SUSPECT : NodeCondition.DOWN;
        }
        return machine.isIn ? NodeCondition.ALIVE : NodeCondition.DRAINING;
    }
}
