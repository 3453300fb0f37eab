package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a lookup ended. */
public sealed interface LookupResult {
    RingId id();

    /** The nodes that were asked on the way to the end, first to last. */
    List<Hop> path();

    /** How many other nodes the way led over. */
    default int hops() {
        return (int)
                path().stream().filter(hop -> hop.source() != HopSource.SELF).count();
    }

    /**
     * @param owner the position that succeeds the id; it was heard from during this lookup
     * @param before the nearest live position before the id, as far as it is known
     * @param successors of the owner
     */
    record Found(RingId id, Position owner, Position before, List<Position> successors, List<Hop> path)
            implements LookupResult {}

    /** @param at where it stopped: the position nearest before the id that answered; null if none did */
    record Stopped(RingId id, Reason reason, @Nullable Position at, List<Hop> path) implements LookupResult {}

    /** @param position that was asked for; null for a node to begin with */
    record Hop(NodeId node, @Nullable Position position, HopSource source, long roundTripMicros) {}

    enum Reason {
        /** Nobody who answers knows somebody nearer who answers. */
        NOBODY_CLOSER,
        TOO_MANY_HOPS,
        /** Too many lookups are under way. */
        BUSY
    }
}
