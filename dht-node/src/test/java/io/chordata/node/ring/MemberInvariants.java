package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
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

    /** How often members of each node ended up alone. */
    private Map<NodeId, Long> timesAlone = new TreeMap<>();

    MemberInvariants(RingCluster cluster) {
        this.cluster = cluster;
    }

    List<String> violations() {
        NavigableMap<RingId, RingMember> members = cluster.members();
        List<String> violations = new RingInvariants(members).local();
        Map<RingId, RingMember> known = new TreeMap<>();
        Map<NodeId, Long> alone = timesAlone();
        for (RingMember member : members.values()) {
            checkLength(member, violations);
            checkOwn(member, violations);
            member.pointers().forEachPosition(position -> checkReal(member, position, violations));
            if (!member.predecessor().id().equals(member.self().id())) {
                known.put(member.self().id(), member);
            } else if (!member.isAlone()
                    && withPredecessor.get(member.self().id()) == member
                    && !wasAlone(member, alone)) {
                violations.add(nameOf(member) + " lost its predecessor");
            }
        }
        withPredecessor = known;
        timesAlone = alone;
        return violations;
    }

    private Map<NodeId, Long> timesAlone() {
        Map<NodeId, Long> times = new TreeMap<>();
        for (RingCluster.Node node : cluster.nodes) {
            if (node.isUp()) {
                RingCounters counters = node.machine().counters();
                times.put(node.id, counters.of(RingRule.LOST_ALL_SUCCESSORS) - counters.of(RingRule.RESEEDED));
            }
        }
        return times;
    }

    /** Alone for a moment: healing gave it a successor in the same turn, and it has no predecessor, as one that joins. */
    private boolean wasAlone(RingMember member, Map<NodeId, Long> now) {
        NodeId node = member.self().owner().node();
        return now.getOrDefault(node, 0L) > timesAlone.getOrDefault(node, 0L);
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
