package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a ring after every event as long as no member lost all live entries at once, after Zave, "Reasoning about
 * Identifier Spaces", sections 4 and 5; and what must hold once nothing changes any more.
 */
final class RingInvariants {
    private final NavigableMap<RingId, RingMember> members;

    RingInvariants(NavigableMap<RingId, RingMember> members) {
        this.members = members;
    }

    static RingInvariants of(RingCluster cluster) {
        return new RingInvariants(cluster.members());
    }

    /** Of each member alone, whatever happened. */
    List<String> local() {
        List<String> violations = new ArrayList<>();
        members.values().forEach(member -> checkList(member, violations));
        return violations;
    }

    private static void checkList(RingMember member, List<String> violations) {
        RingId self = member.self().id();
        List<Position> list = member.successors().entries();
        if (list.isEmpty()) {
            violations.add(shortOf(self) + " has no successor");
            return;
        }
        RingId last = self;
        for (Position next : list) {
            boolean isAlone = list.size() == 1 && next.id().equals(self);
            if (!isAlone && !next.id().isBetween(last, self)) {
                violations.add("the list of " + shortOf(self) + " is out of order: " + ids(list));
                return;
            }
            last = next.id();
        }
    }

    /** The whole ring, as long as the assumption about failures holds. */
    List<String> all(Set<RingId> base) {
        List<String> violations = local();
        Map<RingId, RingId> best = new LinkedHashMap<>();
        for (RingMember member : members.values()) {
            checkPredecessor(member, violations);
            checkBase(member, base, violations);
            RingId live = firstLive(member);
            if (live == null) {
                violations.add(shortOf(member.self().id()) + " has no live successor: "
                        + ids(member.successors().entries()));
            } else {
                best.put(member.self().id(), live);
            }
        }
        if (violations.isEmpty() && !members.isEmpty()) {
            checkRing(best, violations);
        }
        return violations;
    }

    private @Nullable RingId firstLive(RingMember member) {
        for (Position entry : member.successors().entries()) {
            if (members.containsKey(entry.id())) {
                return entry.id();
            }
        }
        return null;
    }

    private static void checkPredecessor(RingMember member, List<String> violations) {
        if (!member.isAlone() && member.predecessor().id().equals(member.self().id())) {
            violations.add(shortOf(member.self().id()) + " has no predecessor");
        }
    }

    private static void checkBase(RingMember member, Set<RingId> base, List<String> violations) {
        RingId last = member.self().id();
        for (Position next : member.successors().entries()) {
            for (RingId skipped : base) {
                if (skipped.isBetween(last, next.id())
                        && !skipped.equals(member.self().id())) {
                    violations.add(shortOf(member.self().id()) + " skips " + shortOf(skipped) + " of the base: "
                            + ids(member.successors().entries()));
                }
            }
            last = next.id();
        }
    }

    /** Following first live successors from anywhere ends on one and the same circle, which goes around once. */
    private void checkRing(Map<RingId, RingId> best, List<String> violations) {
        Set<RingId> circle = circleFrom(members.firstKey(), best);
        for (RingId start : best.keySet()) {
            if (!circleFrom(start, best).equals(circle)) {
                violations.add("there are two rings: " + names(circle) + " and " + names(circleFrom(start, best)));
                return;
            }
        }
        RingId least = circle.iterator().next();
        RingId at = least;
        int wraps = 0;
        do {
            RingId next = Objects.requireNonNull(best.get(at));
            wraps += next.compareTo(at) <= 0 ? 1 : 0;
            at = next;
        } while (!at.equals(least));
        if (wraps != 1) {
            violations.add("the ring goes around " + wraps + " times: " + names(circle));
        }
    }

    private static Set<RingId> circleFrom(RingId start, Map<RingId, RingId> best) {
        RingId at = start;
        for (int i = 0; i < best.size(); i++) {
            at = Objects.requireNonNull(best.get(at));
        }
        Set<RingId> circle = new TreeSet<>();
        while (circle.add(at)) {
            at = Objects.requireNonNull(best.get(at));
        }
        return circle;
    }

    /** That every pointer is what it would be if all were known. */
    List<String> ideal(RingOptions options) {
        List<String> violations = new ArrayList<>();
        for (RingMember member : members.values()) {
            checkIdeal(member, options, violations);
        }
        return violations;
    }

    /** The same without saying what is wrong: large rings are asked often. */
    boolean isIdeal(RingOptions options) {
        List<String> violations = new ArrayList<>(1);
        for (RingMember member : members.values()) {
            checkIdeal(member, options, violations);
            if (!violations.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void checkIdeal(RingMember member, RingOptions options, List<String> violations) {
        RingId self = member.self().id();
        List<Position> behind = behind(self);
        if (behind.isEmpty()) {
            behind.add(member.self());
        }
        List<Position> ideal = SuccessorList.of(member.self(), behind.get(0), behind.subList(1, behind.size()), options)
                .entries();
        if (!new SuccessorList(ideal, 0).hasSameIds(member.successors())) {
            violations.add("the list of " + shortOf(self) + " is "
                    + ids(member.successors().entries()) + ", should be " + ids(ideal));
        }
        RingId before = members.lowerKey(self) != null ? members.lowerKey(self) : members.lastKey();
        if (!member.predecessor().id().equals(before)) {
            violations.add("the predecessor of " + shortOf(self) + " is "
                    + shortOf(member.predecessor().id()) + ", should be " + shortOf(before));
        }
    }

    private List<Position> behind(RingId self) {
        List<Position> behind = new ArrayList<>();
        addUpToAListsLength(behind, members.tailMap(self, false));
        addUpToAListsLength(behind, members.headMap(self, false));
        return behind;
    }

    private static void addUpToAListsLength(List<Position> behind, NavigableMap<RingId, RingMember> next) {
        for (RingMember member : next.values()) {
            if (behind.size() > RingOptions.SUCCESSOR_ENTRIES_MAX) {
                return;
            }
            behind.add(member.self());
        }
    }

    RingId owner(RingId id) {
        RingId at = members.ceilingKey(id);
        return at != null ? at : members.firstKey();
    }

    /** That each finger is alive, and in its interval where that has anybody. */
    List<String> fingers() {
        List<String> violations = new ArrayList<>();
        for (RingMember member : members.values()) {
            for (int k = 0; k < member.fingers().needed(); k++) {
                checkFinger(member, k, violations);
            }
        }
        return violations;
    }

    boolean areFingersRight() {
        List<String> violations = new ArrayList<>(1);
        for (RingMember member : members.values()) {
            for (int k = 0; k < member.fingers().needed(); k++) {
                checkFinger(member, k, violations);
            }
            if (!violations.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void checkFinger(RingMember member, int k, List<String> violations) {
        Position finger = member.fingers().get(k);
        RingId start = member.fingers().start(k);
        RingId expected = owner(start);
        RingMember owner = Objects.requireNonNull(members.get(expected));
        boolean isOwn = owner.self().owner().node().equals(member.self().owner().node());
        if (isOwn || (finger != null && finger.id().equals(expected))) {
            return;
        }
        RingId end = k == 0 ? member.self().id() : member.fingers().start(k - 1);
        boolean serves = finger != null
                && members.containsKey(finger.id())
                && finger.id().isBetween(start, end);
        if (!serves) {
            violations.add("finger " + k + " of " + shortOf(member.self().id()) + " is "
                    + (finger == null ? "unknown" : shortOf(finger.id())) + ", should be " + shortOf(expected));
        }
    }

    static String shortOf(RingId id) {
        Uint128 value = id.value();
        return String.format("%.4f", value.toDouble() * 0x1p-128);
    }

    private static List<String> ids(List<Position> positions) {
        return positions.stream().map(position -> shortOf(position.id())).toList();
    }

    private static List<String> names(Set<RingId> ids) {
        return ids.stream().map(RingInvariants::shortOf).toList();
    }
}
