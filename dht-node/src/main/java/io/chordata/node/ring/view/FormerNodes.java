package io.chordata.node.ring.view;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Nodes that are no more, though nobody said so: they are down, and another one that is up is at their address. So their machine
 * lost its disk and came back as a new node, or is another's now; either way it is no machine that is down.
 */
public final class FormerNodes {
    private static final Comparator<NodeAddress> BY_ADDRESS =
            Comparator.comparing(NodeAddress::host).thenComparingInt(NodeAddress::port);

    private FormerNodes() {}

    public static Set<NodeId> of(Collection<NodeRecord> nodes) {
        Set<NodeAddress> taken = nodes.stream()
                .filter(node -> node.state() != NodeState.DOWN && node.state() != NodeState.DECOMMISSIONED)
                .map(node -> node.contact().address())
                .collect(Collectors.toCollection(() -> new TreeSet<>(BY_ADDRESS)));
        return nodes.stream()
                .filter(node -> node.state() == NodeState.DOWN
                        && taken.contains(node.contact().address()))
                .map(NodeRecord::node)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
