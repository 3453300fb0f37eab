package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What holds of each member after every event, whatever befell the network: it is about what the member itself did. Remembers
 * who had a predecessor.
 */
final class MemberInvariants {
    private final RingCluster cluster;
    private Map<RingId, RingMember> withPredecessor = new TreeMap<>();

    MemberInvariants(RingCluster cluster) {
        this.cluster = cluster;
    }

    List<String> violations() {
        NavigableMap<RingId, RingMember> members = cluster.members();
        List<String> violations = new RingInvariants(members).local();
        Map<RingId, RingMember> known = new TreeMap<>();
        for (RingMember member : members.values()) {
            checkLength(member, violations);
            checkOwn(member, violations);
            member.pointers().forEachPosition(position -> checkReal(member, position, violations));
            if (!member.predecessor().id().equals(member.self().id())) {
                known.put(member.self().id(), member);
            } else if (!member.isAlone() && withPredecessor.get(member.self().id()) == member) {
                violations.add(nameOf(member) + " lost its predecessor");
            }
        }
        withPredecessor = known;
        return violations;
    }

    /** No longer than it takes to be long enough; a shorter one is filled by the next good answer. */
    private void checkLength(RingMember member, List<String> violations) {
        SuccessorList list = member.successors();
        int entries = list.entries().size();
        SuccessorList withoutLast = new SuccessorList(list.entries().subList(0, Math.max(0, entries - 1)), 0);
        if (withoutLast.isFull(member.self(), cluster.options())) {
            violations.add("the list of " + nameOf(member) + " is longer than it need be: " + entries);
        }
    }

    /** What a node publishes of its own positions is of the life that it lives, never of an earlier one. */
    private void checkOwn(RingMember member, List<String> violations) {
        member.pointers().forEachPosition(position -> {
            boolean isOwn = position.owner().node().equals(member.self().owner().node());
            if (isOwn && !position.owner().equals(member.self().owner())) {
                violations.add(nameOf(member) + " takes itself for " + position.owner());
            }
        });
    }

    private void checkReal(RingMember member, Position position, List<String> violations) {
        if (!cluster.isReal(position)) {
            violations.add(nameOf(member) + " points to " + position + ", which never was");
        }
    }

    private static String nameOf(RingMember member) {
        return RingInvariants.shortOf(member.self().id());
    }
}
