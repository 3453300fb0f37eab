package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that come at the same time. Each should choose its places knowing those of the others, so they choose one after the
 * other, by id, as far as they know of each other; who has chosen counts for those behind it, although it is not on the ring
 * yet, and tells the next one at once.
 */
final class Newcomers {
    private Newcomers() {}

    /** Whether nobody who has yet to choose comes before this node. */
    static boolean isTurnOf(NodeId node, RingView view) {
        return view.nodes().stream()
                .noneMatch(record -> isToChoose(record) && record.node().compareTo(node) < 0);
    }

    /** Whose turn it is once this node has chosen; null if nobody waits. */
    static @Nullable NodeId nextAfter(NodeId node, RingView view) {
        return view.nodes().stream()
                .filter(record -> isToChoose(record) && !record.node().equals(node))
                .map(NodeRecord::node)
                .findFirst()
                .orElse(null);
    }

    private static boolean isToChoose(NodeRecord record) {
        return record.state() == NodeState.JOINING && record.candidates().isEmpty();
    }

    /** The view as it will be when all who have chosen are on the ring. */
    static RingView settled(RingView view) {
        List<NodeRecord> chosen = view.nodes().stream()
                .filter(record -> record.state() == NodeState.JOINING
                        && !record.candidates().isEmpty())
                .map(record -> record.withState(NodeState.ALIVE))
                .toList();
        return view.change(chosen, List.of());
    }
}
