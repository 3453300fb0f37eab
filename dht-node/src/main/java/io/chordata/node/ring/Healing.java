package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds rings that were split off. Chord alone never merges two complete rings: no member of one knows a member of the other.
 * Now and then a node of the directory, down or not, is asked to look up a position of ours. If it names somebody nearer than
 * our first successor, that is the second step of stabilisation with another source, and is done exactly so. The rest of the
 * rings then meets by stabilising, neighbour by neighbour; it goes faster when all positions of the node ask the same way.
 */
final class Healing {
    private static final int WAYS_MAX = 32;
    /** For so long after it met another ring a node asks in every busy period. */
    private static final int URGENT_PERIODS = 10;

    private final Ring ring;
    private final Set<RingId> asking = new TreeSet<>();
    private long nextMillis;
    private long urgentUntilMillis = Long.MIN_VALUE;

    Healing(Ring ring) {
        this.ring = ring;
        this.nextMillis = Long.MAX_VALUE;
    }

    void begin(long nowMillis) {
        nextMillis = nowMillis + ring.jittered(ring.options.busyPeriodMillis());
    }

    long nextMillis() {
        return nextMillis;
    }

    /** A member that is alone, and a node that just met another ring, do not wait as long as others. */
    void onPeriod(long nowMillis) {
        boolean isUrgent = nowMillis < urgentUntilMillis
                || ring.members().values().stream().anyMatch(RingMember::isAlone);
        nextMillis = nowMillis + ring.jittered(isUrgent ? ring.options.busyPeriodMillis() : ring.options.healMillis());
        healWithin(nowMillis);
        Contact contact = ring.directory.random(ring.random);
        if (contact != null) {
            healOne(nowMillis, contact);
        }
    }

    /**
     * Positions of one node can end up on different rings as well: where all that they had in their lists died, and the lists
     * left each other out. If their node is the last one that runs, nobody else can bring them together.
     */
    private void healWithin(long nowMillis) {
        if (!ring.rules.healsWithin()) {
            return;
        }
        for (RingMember member : List.copyOf(ring.members().values())) {
            Position next = ring.nextOwn(member).self();
            RingId first = member.successors().first().id();
            if (ring.rules.isNearer(member.self().id(), next.id(), first)) {
                ring.count(RingRule.SPLIT_WITHIN_FOUND);
                member.secondStep(nowMillis, next);
            }
        }
    }

    /** A node that was taken for dead is back: it may come from another ring. */
    void onRevived(long nowMillis, Contact contact) {
        healOne(nowMillis, contact);
    }

    private void healOne(long nowMillis, Contact contact) {
        if (!ring.members().isEmpty() && ring.rules.heals()) {
            heal(nowMillis, contact, anyByGap());
        }
    }

    /**
     * Whom another ring has somebody nearer for is one whose first successor is far: of two rings that lie side by side only
     * one member each. So members are drawn by the gap that they leave.
     */
    private RingMember anyByGap() {
        List<RingMember> members = List.copyOf(ring.members().values());
        double point = ring.random.nextInt(Integer.MAX_VALUE)
                * 0x1p-31
                * members.stream().mapToDouble(Healing::gap).sum();
        for (RingMember member : members) {
            point -= gap(member);
            if (point < 0) {
                return member;
            }
        }
        return members.get(members.size() - 1);
    }

    /** As a part of the ring. */
    private static double gap(RingMember member) {
        return member.isAlone()
                ? 1
                : member.self()
                                .id()
                                .distanceTo(member.successors().first().id())
                                .toDouble()
                        * 0x1p-128;
    }

    private void heal(long nowMillis, Contact contact, RingMember member) {
        RingId id = member.self().id();
        if (asking.size() >= WAYS_MAX || !asking.add(id)) {
            return;
        }
        ring.lookups.findFrom(nowMillis, List.of(contact), id, (now, result) -> {
            asking.remove(id);
            if (result instanceof LookupResult.Found found) {
                adopt(now, contact, member, found);
            }
        });
    }

    private void adopt(long nowMillis, Contact contact, RingMember member, LookupResult.Found found) {
        RingId first = member.successors().first().id();
        if (!member.isJoined()
                || !ring.rules.isNearer(member.self().id(), found.owner().id(), first)) {
            return;
        }
        ring.count(RingRule.SPLIT_FOUND);
        urgentUntilMillis = nowMillis + URGENT_PERIODS * ring.options.busyPeriodMillis();
        nextMillis = Math.min(nextMillis, nowMillis + ring.jittered(ring.options.busyPeriodMillis()));
        member.secondStep(nowMillis, found.owner());
        for (RingMember other : List.copyOf(ring.members().values())) {
            heal(nowMillis, contact, other);
        }
    }
}
