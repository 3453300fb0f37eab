package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.directory.DirectoryEvent;
import io.chordata.node.ring.view.NodeRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened on the ring, as this node saw it. */
public sealed interface RingEvent {
    /** From 1, without gaps, anew at each start of the node. */
    long id();

    /** Milliseconds since 1970 UTC. */
    long wallMillis();

    /**
     * A node came, went, or is another than before.
     *
     * @param before null where the node was not known
     * @param after null where the node was forgotten
     */
    record NodeChanged(
            long id,
            long wallMillis,
            DirectoryEvent.Kind kind,
            NodeId node,
            @Nullable NodeRecord before,
            @Nullable NodeRecord after)
            implements RingEvent {}

    /** Positions of this node have other pointers than before: those that changed, as they are now. */
    record PointersChanged(long id, long wallMillis, List<Pointers> pointers) implements RingEvent {}

    /** There is a newer view. */
    record ViewChanged(long id, long wallMillis, long version) implements RingEvent {}

    /** This node has come further with the ring, or to its end. */
    record PhaseChanged(long id, long wallMillis, RingPhase phase) implements RingEvent {}

    /** This node met something that its operator should know. */
    record Warned(long id, long wallMillis, String text) implements RingEvent {}
}
