package io.chordata.node.ring.view;

import io.chordata.node.core.RingId;

/** A place on the ring (a virtual server), one member of the Chord ring, and the node that takes it. Ordered by its id. */
public record Position(RingId id, Contact owner) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
        return id.compareTo(other.id);
    }
}
