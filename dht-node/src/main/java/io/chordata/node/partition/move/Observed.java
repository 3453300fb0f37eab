package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The condition of some nodes, and since when, as one leader saw it: of the time before its election it knows nothing. */
final class Observed {
    private record Since(NodeCondition condition, long millis) {}

    private final Map<NodeId, Since> nodes = new TreeMap<>();

    /** Looks at these nodes, and forgets all others. */
    void look(long nowMillis, Collection<NodeId> interesting, Surroundings around) {
        nodes.keySet().retainAll(interesting);
        for (NodeId node : interesting) {
            NodeCondition now = around.condition(node);
            nodes.compute(
                    node,
                    (id, before) -> before != null && before.condition() == now ? before : new Since(now, nowMillis));
        }
    }

    NodeCondition of(NodeId node) {
        Since since = nodes.get(node);
        return since == null ? NodeCondition.GONE : since.condition();
    }

    /** How long it has been in a condition; 0 if it is in another. */
    long millisIn(NodeCondition condition, NodeId node, long nowMillis) {
        Since since = nodes.get(node);
        return since == null || since.condition() != condition ? 0 : nowMillis - since.millis();
    }
}
