package io.chordata.node.ring.view;

import io.chordata.node.core.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A node of a view and its places there. Places cost a hash each, so they are derived once and kept while the node's choice
 * of candidates stays.
 *
 * @param positions by id; empty where the node has none on the ring
 */
record Member(NodeRecord record, List<Position> positions) {
    static Member of(NodeRecord record) {
        return new Member(record, record.isOnRing() ? sorted(record.positions()) : List.of());
    }

    NodeId node() {
        return record.node();
    }

    /** The same node by a newer record. */
    Member with(NodeRecord newer) {
        boolean samePlaces =
                record.isOnRing() && newer.isOnRing() && record.candidates().equals(newer.candidates());
        if (!samePlaces) {
            return of(newer);
        }
        boolean sameOwner = record.contact().equals(newer.contact());
        return new Member(newer, sameOwner ? positions : owned(newer.contact()));
    }

    private List<Position> owned(Contact contact) {
        return positions.stream().map(position -> position.ownedBy(contact)).toList();
    }

    private static List<Position> sorted(List<Position> positions) {
        List<Position> sorted = new ArrayList<>(positions);
        Collections.sort(sorted);
        return List.copyOf(sorted);
    }
}
