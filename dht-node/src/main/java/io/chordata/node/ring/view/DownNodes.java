package io.chordata.node.ring.view;

import io.chordata.node.core.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * For how long nodes have been down, as the observer saw it: down is not gone, but who is down for long enough is to be
 * replaced. Nothing is known of the time before it looked first, so after a restart of the observer everybody has all the time
 * again. Not thread-safe.
 */
public final class DownNodes {
    private final long replaceAfterMillis;
    private final Map<NodeId, Long> sinceMillis = new TreeMap<>();

    /** @param replaceAfterMillis after how long a node that is down is to be replaced */
    public DownNodes(long replaceAfterMillis) {
        this.replaceAfterMillis = replaceAfterMillis;
    }

    /**
     * Looks. To be called again and again, as time between two looks counts only if a node was down at both.
     *
     * @param nowMillis of a clock that never goes back
     * @return who is to be replaced
     */
    public Set<NodeId> look(long nowMillis, RingView view) {
        Set<NodeId> down = view.nodes().stream()
                .filter(node -> node.state() == NodeState.DOWN)
                .map(NodeRecord::node)
                .collect(Collectors.toCollection(TreeSet::new));
        sinceMillis.keySet().retainAll(down);
        down.forEach(node -> sinceMillis.putIfAbsent(node, nowMillis));
        return sinceMillis.entrySet().stream()
                .filter(since -> nowMillis - since.getValue() >= replaceAfterMillis)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
