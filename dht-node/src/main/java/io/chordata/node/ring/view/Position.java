package io.chordata.node.ring.view;

import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.RingId;

/**
 * A place on the ring (a virtual server), one member of the Chord ring, and the node that takes it. Ordered by its id, which
 * follows from the node, so that nobody can take a place at will: what comes from elsewhere is built by {@link #of}, and
 * never names its id.
 *
 * @param index which of the node's places it is, from 0
 * @param candidate which of the candidates for that place the node chose when it joined, from 0
 */
public record Position(RingId id, Contact owner, int index, int candidate) implements Comparable<Position> {
    /** The most places a node can have, whatever its weight. */
    public static final int PER_NODE_MAX = 1_024;

    /** How many candidates there are for each place. */
    public static final int CANDIDATES = 64;

    public Position {
        if (index < 0 || index >= PER_NODE_MAX) {
            throw new IllegalArgumentException("places are 0 to " + (PER_NODE_MAX - 1) + ", got " + index);
        }
        checkCandidate(candidate);
    }

    public static Position of(Contact owner, int index, int candidate) {
        return new Position(DerivedIds.position(owner.node(), index, candidate), owner, index, candidate);
    }

    /** The same place of the same node, reached by another contact. */
    public Position ownedBy(Contact contact) {
        if (!contact.node().equals(owner.node())) {
            throw new IllegalArgumentException("a place of " + owner.node() + " is none of " + contact.node());
        }
        return contact.equals(owner) ? this : new Position(id, contact, index, candidate);
    }

    @Override
    public int compareTo(Position other) {
        return id.compareTo(other.id);
    }

    static void checkCandidate(int candidate) {
        if (candidate < 0 || candidate >= CANDIDATES) {
            throw new IllegalArgumentException("candidates are 0 to " + (CANDIDATES - 1) + ", got " + candidate);
        }
    }
}
