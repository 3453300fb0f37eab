package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the ring asks of the directory of nodes, and tells it. The ring works without one ({@link #NONE}), but then it cannot
 * find back from a split, nor a node that lost all its neighbours.
 */
public interface RingDirectory {
    RingDirectory NONE = new RingDirectory() {};

    /** Any other node that is known, whatever its state; null if none is. */
    default @Nullable Contact random(RandomSource random) {
        return null;
    }

    /** The first position at or behind the id, of a node that is not down and passes the test; null if none is known. */
    default @Nullable Position successor(RingId id, Predicate<NodeId> test) {
        return null;
    }

    /**
     * Whether nothing that a node says in this life is to be heard: it was decommissioned, or the directory holds another life
     * to be the right one. The ring by itself believes whoever claims the newest, so that a copy of a disk would have the
     * original ignored.
     */
    default boolean refuses(Contact contact) {
        return false;
    }

    /** Whether it would tell when this node died: then nobody else needs to ask whether it lives. */
    default boolean watches(Contact contact) {
        return false;
    }

    /** A message came from this node. */
    default void onHeard(long nowMillis, Contact contact) {}

    /** A question to this node stayed without an answer. */
    default void onSilent(long nowMillis, NodeId node) {}
}
