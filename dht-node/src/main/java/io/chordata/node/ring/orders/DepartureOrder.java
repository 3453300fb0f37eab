package io.chordata.node.ring.orders;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Departure;

/**
 * That a node is to leave, or to stay.
 *
 * @param node that it concerns: the receiver, or the sender, which holds nothing any more and wants to be let go
 * @param askedBy the operator's access key, or a node's id; 1 to 128 characters without control characters: it is logged
 */
public record DepartureOrder(NodeId node, Departure departure, String askedBy) {
    private static final int CHARS_MAX = 128;

    public DepartureOrder {
        if (askedBy.isEmpty() || askedBy.length() > CHARS_MAX || askedBy.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("who asks has " + askedBy.length() + " characters");
        }
    }
}
