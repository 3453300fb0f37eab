package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who should hold a partition, as this node computes it.
 *
 * @param members in order: the first of them that is healthy should lead. Empty while the ring is not known
 * @param sinceMillis when they became so, by this node's own observation
 */
public record Desired(List<NodeId> members, long sinceMillis) {
    public static final Desired UNKNOWN = new Desired(List.of(), 0);

    public Desired {
        members = List.copyOf(members);
    }

    /** Whether these are the same members, whatever their order. */
    boolean isSameAs(List<NodeId> others) {
        Set<NodeId> own = new TreeSet<>(members);
        return own.equals(new TreeSet<>(others));
    }
}
