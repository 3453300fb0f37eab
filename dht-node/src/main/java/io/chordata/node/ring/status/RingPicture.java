package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ring, or one node's part of it, at about one moment.
 *
 * @param version of the view of the node that drew it
 * @param positions by id
 * @param unanswered whose neighbours nobody told, because they are down, too slow or answered nonsense; by id
 * @param fingers of one node, each position that they lead to once; null where nobody asked for them or they were not told
 */
public record RingPicture(
        long version,
        List<PositionPicture> positions,
        List<NodeId> unanswered,
        @Nullable List<FingerPicture> fingers) {
    public RingPicture {
        positions = List.copyOf(positions);
        unanswered = List.copyOf(unanswered);
        fingers = fingers == null ? null : List.copyOf(fingers);
    }

    /** @param neighbours null where the node did not tell: then the position is where the directory has it */
    public record PositionPicture(
            RingId id, NodeId node, @Nullable Neighbours neighbours) {}

    /** @param successors nearest first */
    public record Neighbours(RingId predecessor, List<RingId> successors) {}

    /** @param start where the finger begins: a power of two behind a position of the node */
    public record FingerPicture(RingId start, RingId id, NodeId node) {}
}
