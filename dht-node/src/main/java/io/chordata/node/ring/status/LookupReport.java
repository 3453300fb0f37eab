package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.LookupResult;
import io.chordata.node.ring.LookupResult.Reason;
import io.chordata.node.ring.view.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a lookup went. */
public sealed interface LookupReport {
    /** More than any lookup takes. */
    int HOPS_MAX = 1_024;

    List<Hop> path();

    /** @param position which succeeds the id */
    record Found(RingId position, NodeId node, List<Hop> path) implements LookupReport {
        public Found {
            path = checked(path);
        }
    }

    /** @param at the last that answered; null if nobody did */
    record Stopped(Reason reason, @Nullable End at, List<Hop> path) implements LookupReport {
        public Stopped {
            path = checked(path);
        }
    }

    /** Where a lookup ended before its end. */
    record End(RingId position, NodeId node) {}

    /**
     * A node that was asked, where the one before it knew it from, and how long its answer took.
     *
     * @param position of the node that was asked for; null where a lookup begins at a node
     */
    record Hop(NodeId node, @Nullable RingId position, Source source, long roundTripMicros) {
        public Hop {
            if (roundTripMicros < 0) {
                throw new IllegalArgumentException("an answer after " + roundTripMicros + " us");
            }
        }
    }

    /** Whence a lookup knew the position that it asked. */
    enum Source {
        SELF,
        FINGER,
        SUCCESSOR,
        CACHE,
        DIRECTORY
    }

    static LookupReport of(LookupResult result) {
        List<Hop> path = result.path().stream().map(LookupReport::of).toList();
        if (result instanceof LookupResult.Found found) {
            return new Found(found.owner().id(), found.owner().owner().node(), path);
        }
        LookupResult.Stopped stopped = (LookupResult.Stopped) result;
        Position at = stopped.at();
        return new Stopped(
                stopped.reason(),
                at == null ? null : new End(at.id(), at.owner().node()),
                path);
    }

    /** The ring measures in milliseconds. */
    private static Hop of(LookupResult.Hop hop) {
        Source source = switch (hop.source()) {
            case SELF -> Source.SELF;
            case FINGER -> Source.FINGER;
            case SUCCESSOR -> Source.SUCCESSOR;
            case CACHE -> Source.CACHE;
            case DIRECTORY, ENTRY -> Source.DIRECTORY;
        };
        Position position = hop.position();
        return new Hop(hop.node(), position == null ? null : position.id(), source, hop.roundTripMicros());
    }

    private static List<Hop> checked(List<Hop> path) {
        if (path.size() > HOPS_MAX) {
            throw new IllegalArgumentException("a path of " + path.size() + " hops");
        }
        return List.copyOf(path);
    }
}
