package io.chordata.node.cli;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says who comes to a node without objects where they are: at the nodes that hold partitions by their own figures. Safe for use
 * by many threads.
 */
final class Elsewhere {
    private final String own;
    private volatile List<NodeRecord> holders = List.of();

    /** @param own what this node is called */
    Elsewhere(String own) {
        this.own = own;
    }

    /** To be told now and then what the nodes say. */
    void look(RingView view, Map<NodeId, NodeLoad> loads) {
        holders = view.nodes().stream()
                .filter(node -> node.state() != NodeState.DECOMMISSIONED
                        && loads.getOrDefault(node.node(), NodeLoad.NONE).partitions() > 0)
                .toList();
    }

    String forClients() {
        return text("Send S3 requests to ", NodeRecord::s3);
    }

    String forOperators() {
        return text("Ask at ", NodeRecord::admin);
    }

    private String text(String advice, Function<NodeRecord, NodeAddress> address) {
        List<NodeRecord> known = holders;
        return "This version keeps objects on the node that founded the cluster, and this one, " + own
                + ", has joined it. "
                + (known.isEmpty()
                        ? "Which one that is has not been heard here yet: try again in some seconds."
                        : known.stream()
                                .map(node -> "http://" + address.apply(node) + " ("
                                        + node.name()
                                        + (node.state() == NodeState.DOWN ? ", down now)" : ")"))
                                .collect(Collectors.joining(" or ", advice, ".")));
    }
}
