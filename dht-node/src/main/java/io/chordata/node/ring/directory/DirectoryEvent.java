package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import org.jspecify.annotations.Nullable;

/** What the directory tells the node that it is part of. */
public sealed interface DirectoryEvent {
    /**
     * A node came, went, or is another than before.
     *
     * @param before null where the node was not known
     * @param after null where the node was forgotten
     */
    record NodeEvent(
            Kind kind,
            @Nullable NodeRecord before,
            @Nullable NodeRecord after) implements DirectoryEvent {}

    /** A node answered a question, in the life that it is known in: each reaches the other. Told each time. */
    record Answered(Contact contact) implements DirectoryEvent {}

    /**
     * This node may not go on: the directory is silent from now on, and whoever owns it stops the node with this error.
     *
     * @param by who refused it; this node itself where it found out by rumour or from its own disk
     * @param other who has its place, if somebody has
     */
    record Refused(
            RefusalReason reason, NodeId by, @Nullable Contact other) implements DirectoryEvent {}

    /** The table takes no more nodes, so this one was not let in. Told once a minute at most. */
    record TableFull(NodeId node) implements DirectoryEvent {}

    /** The stored table could not be read; the directory begins without it. */
    record ImageUnreadable(String reason) implements DirectoryEvent {}

    /** What became of a node. */
    enum Kind {
        /** It was not known before. */
        JOINED,
        /** It was decommissioned, or forgotten. */
        LEFT,
        SUSPECT,
        DOWN,
        /** It was suspect or down, and is not. */
        ALIVE_AGAIN,
        /** Its record changed, or its state in a way that has no name here. */
        CHANGED;

        static Kind of(@Nullable NodeState before, @Nullable NodeState after) {
            if (after == null || after == NodeState.DECOMMISSIONED) {
                return LEFT;
            }
            if (before == null) {
                return JOINED;
            }
            if (after == before) {
                return CHANGED;
            }
            return switch (after) {
                case SUSPECT -> SUSPECT;
                case DOWN -> DOWN;
                default -> isTrouble(before) ? ALIVE_AGAIN : CHANGED;
            };
        }

        private static boolean isTrouble(NodeState state) {
            return state == NodeState.SUSPECT || state == NodeState.DOWN;
        }
    }
}
