package io.chordata.node.cli;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.partition.GroupHolders;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where other nodes are and who may keep a partition, as the ring tells. The partitions are there before the ring is, and know
 * nobody until then.
 */
final class RingHolders implements GroupHolders {
    private static final Set<NodeState> IS_UP = Set.of(NodeState.JOINING, NodeState.ALIVE, NodeState.DRAINING);

    private final String zone;
    private volatile @Nullable Parts parts;

    private record Parts(Supplier<RingView> view, Placements placements) {}

    /** @param zone of this node */
    RingHolders(String zone) {
        this.zone = zone;
    }

    void serving(Supplier<RingView> view, Placements placements) {
        parts = new Parts(view, placements);
    }

    @Override
    public @Nullable Peer peer(NodeId node) {
        Parts now = parts;
        NodeRecord record = now == null ? null : now.view.get().node(node);
        return record == null ? null : new Peer(record.contact().address(), node);
    }

    @Override
    public boolean isNear(NodeId node) {
        Parts now = parts;
        NodeRecord record = now == null ? null : now.view.get().node(node);
        return record != null && record.zone().equals(zone);
    }

    /** Whether the directory holds it to answer; nobody until this node knows others. */
    boolean isUp(NodeId node) {
        Parts now = parts;
        NodeRecord record = now == null ? null : now.view.get().node(node);
        return record != null && IS_UP.contains(record.state());
    }

    @Override
    public Future<List<NodeId>> of(PartitionId partition) {
        Parts now = parts;
        if (now == null) {
            return Future.succeededFuture(List.of());
        }
        RingView view = now.view.get();
        return now.placements.of(view).map(placement -> likeliestFirst(view, placement, partition));
    }

    /** Those who should keep it, then all others, who may not have let go of it; those who are down last. */
    private static List<NodeId> likeliestFirst(RingView view, Placement placement, PartitionId partition) {
        List<NodeId> nodes = new ArrayList<>(placement.replicas(partition));
        add(view, node -> node.state() != NodeState.DOWN, nodes);
        add(view, node -> node.state() == NodeState.DOWN, nodes);
        return nodes;
    }

    private static void add(RingView view, Predicate<NodeRecord> some, List<NodeId> nodes) {
        view.nodes().stream()
                .filter(node -> node.state() != NodeState.DECOMMISSIONED)
                .filter(some)
                .map(NodeRecord::node)
                .filter(node -> !nodes.contains(node))
                .forEach(nodes::add);
    }
}
