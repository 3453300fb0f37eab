package io.chordata.node.ring.view;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import java.util.List;

/**
 * What is known of a node. Checked here, so that whatever comes off the wire is either possible or refused.
 *
 * @param name what operators call it, 1 to 128 characters; two nodes may have the same
 * @param s3 where S3 clients reach it
 * @param admin where operators reach it
 * @param zone what fails together has the same, 1 to 64 characters
 * @param software its version, 1 to 64 characters
 * @param candidates which candidate it chose for each of its places; empty until it has chosen. Chosen once, when it joins
 * @param stated what the node last said of itself while it ran: joining, alive or draining. It outlives suspicion and failure,
 *     so a node that fails while it drains or joins gets no partitions back
 * @param state what the directory holds it to be; the same as {@code stated} while nobody says otherwise
 */
public record NodeRecord(
        Contact contact,
        String name,
        NodeAddress s3,
        NodeAddress admin,
        String zone,
        Weight weight,
        String software,
        List<Integer> candidates,
        NodeState stated,
        NodeState state) {
    public static final int NAME_CHARS_MAX = 128;
    public static final int ZONE_CHARS_MAX = 64;
    public static final int SOFTWARE_CHARS_MAX = 64;

    public NodeRecord {
        checkText("name", name, NAME_CHARS_MAX);
        checkText("zone", zone, ZONE_CHARS_MAX);
        checkText("software", software, SOFTWARE_CHARS_MAX);
        candidates = List.copyOf(candidates);
        if (candidates.size() > Position.PER_NODE_MAX) {
            throw new IllegalArgumentException(
                    "a node has at most " + Position.PER_NODE_MAX + " places, got " + candidates.size());
        }
        candidates.forEach(Position::checkCandidate);
        if (!stated.isStated() || (state.isStated() && state != stated)) {
            throw new IllegalArgumentException("no node is " + state + " that stated " + stated);
        }
    }

    public NodeId node() {
        return contact.node();
    }

    /** Where a state is one that nodes state, it is taken as stated; otherwise what was stated stays. */
    public NodeRecord withState(NodeState newState) {
        NodeState newStated = newState.isStated() ? newState : stated;
        return new NodeRecord(contact, name, s3, admin, zone, weight, software, candidates, newStated, newState);
    }

    public NodeRecord withContact(Contact newContact) {
        return new NodeRecord(newContact, name, s3, admin, zone, weight, software, candidates, stated, state);
    }

    public NodeRecord withWeight(Weight newWeight) {
        return new NodeRecord(contact, name, s3, admin, zone, newWeight, software, candidates, stated, state);
    }

    public NodeRecord withCandidates(List<Integer> newCandidates) {
        return new NodeRecord(contact, name, s3, admin, zone, weight, software, newCandidates, stated, state);
    }

    /** Whether its places are part of the ring, answering or not. */
    public boolean isOnRing() {
        return state != NodeState.DECOMMISSIONED && stated != NodeState.JOINING;
    }

    /** Whether it should hold partitions, unless it has been down for too long. */
    public boolean isPlaceable() {
        return state != NodeState.DECOMMISSIONED && stated == NodeState.ALIVE;
    }

    /** Its places, by index. */
    List<Position> positions() {
        Position[] positions = new Position[candidates.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = Position.of(contact, i, candidates.get(i));
        }
        return List.of(positions);
    }

    private static void checkText(String what, String text, int charsMax) {
        if (text.isEmpty() || text.length() > charsMax) {
            throw new IllegalArgumentException(
                    "a node's " + what + " has 1 to " + charsMax + " characters, got " + text.length());
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a node's " + what + " has no control characters");
        }
    }
}
