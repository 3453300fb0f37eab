package io.chordata.node.ring.view;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rule by its words: a walk around the ring for each question. */
final class NaiveReplicas {
    private final RingView view;
    private final Set<NodeId> replaced;

    NaiveReplicas(RingView view, Set<NodeId> replaced) {
        this.view = view;
        this.replaced = replaced;
    }

    boolean isEligible(NodeRecord node) {
        return switch (node.state()) {
            case JOINING, DRAINING, DECOMMISSIONED -> false;
            case ALIVE, SUSPECT -> node.stated() == NodeState.ALIVE;
            case DOWN -> node.stated() == NodeState.ALIVE && !replaced.contains(node.node());
        };
    }

    /** All eligible nodes in the order in which the walk meets them. */
    List<NodeRecord> walk(RingId point) {
        List<NodeRecord> met = new ArrayList<>();
        for (Position position : RingViewTest.all(view, point)) {
            NodeRecord node = view.recordOf(position);
            if (isEligible(node) && !met.contains(node)) {
                met.add(node);
            }
        }
        return met;
    }

    List<NodeId> natural(RingId point, int replicas) {
        return walk(point).stream().limit(replicas).map(NodeRecord::node).toList();
    }

    List<NodeId> replicas(RingId point, int replicas) {
        List<NodeRecord> walk = walk(point);
        Set<NodeRecord> chosen = new HashSet<>();
        Set<String> zones = new HashSet<>();
        for (NodeRecord node : walk) {
            if (chosen.size() < replicas && zones.add(node.zone())) {
                chosen.add(node);
            }
        }
        for (NodeRecord node : walk) {
            if (chosen.size() < replicas) {
                chosen.add(node);
            }
        }
        return walk.stream().filter(chosen::contains).map(NodeRecord::node).toList();
    }
}
