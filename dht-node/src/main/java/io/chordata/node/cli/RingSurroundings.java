package io.chordata.node.cli;

import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.partition.move.NodeCondition;
import io.chordata.node.partition.move.PlacementWatch;
import io.chordata.node.partition.move.Surroundings;
import io.chordata.node.ring.view.FormerNodes;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.RingView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The ring as those need it who move replicas. Looks when it is told to, on one loop; what it saw may be had from any thread. */
final class RingSurroundings implements Supplier<Surroundings> {
    private final Supplier<RingView> ring;
    private final Placements placements;
    private final Clock clock;
    private final PlacementWatch watch;
    private volatile Surroundings last;

    RingSurroundings(Supplier<RingView> ring, Placements placements, Partitioning partitioning, Clock clock) {
        this.ring = ring;
        this.placements = placements;
        this.clock = clock;
        this.watch = new PlacementWatch(partitioning.count());
        this.last = watch.look(0, List.of(), partition -> List.of());
    }

    @Override
    public Surroundings get() {
        return last;
    }

    void look() {
        RingView view = ring.get();
        placements.of(view).onSuccess(placement -> see(view, placement));
    }

    private void see(RingView view, Placement placement) {
        last = watch.look(TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos()), nodes(view), placement::replicas);
    }

    static List<PlacementWatch.Node> nodes(RingView view) {
        List<NodeRecord> records = view.nodes();
        Set<NodeId> former = FormerNodes.of(records);
        return records.stream()
                .map(record -> new PlacementWatch.Node(
                        record.node(),
                        former.contains(record.node()) ? NodeCondition.GONE : condition(record.state()),
                        record.zone()))
                .toList();
    }

    /** Who joins is not placed yet: whatever it is, nothing comes to it. */
    private static NodeCondition condition(NodeState state) {
        return switch (state) {
            case ALIVE -> NodeCondition.ALIVE;
            case DRAINING -> NodeCondition.DRAINING;
            case SUSPECT, JOINING -> NodeCondition.SUSPECT;
            case DOWN -> NodeCondition.DOWN;
            case DECOMMISSIONED -> NodeCondition.GONE;
        };
    }
}
