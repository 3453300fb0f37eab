package io.chordata.client.cli;

import io.chordata.client.admin.Node;
import io.chordata.client.admin.NodeState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What people call nodes, whose ids are long: the name, with the beginning of the id where several have it. */
final class NodeNames {
    private static final int ID_CHARS = 8;

    private final List<Node> nodes;
    private final Map<String, String> byId = new HashMap<>();

    NodeNames(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        Map<String, Long> counts = nodes.stream().collect(Collectors.groupingBy(Node::name, Collectors.counting()));
        for (Node node : nodes) {
            String plain = Texts.printable(node.name());
            byId.put(
                    node.id(),
                    counts.getOrDefault(node.name(), 0L) > 1
                            ? plain
                                    + '~'
                                    + node.id()
                                            .substring(
                                                    0,
                                                    Math.min(ID_CHARS, node.id().length()))
                            : plain);
        }
    }

    /** Of a node that is not known, its id. */
    String of(String id) {
        return byId.getOrDefault(id, Texts.printable(id));
    }

    String of(Collection<String> ids) {
        return ids.stream().map(this::of).collect(Collectors.joining(" "));
    }

    /**
     * The id of the node that a person means.
     *
     * @param text an id, or a name that one node has
     * @throws IllegalArgumentException if that is not one node
     */
    String idOf(String text) {
        List<String> found = nodes.stream()
                .filter(node -> text.equals(node.id())
                        || (text.equals(node.name()) && node.state() != NodeState.DECOMMISSIONED))
                .map(Node::id)
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new IllegalArgumentException(
                found.isEmpty()
                        ? "there is no node '" + text + "'"
                        : found.size() + " nodes are called '" + text + "': give the id of one");
    }
}
