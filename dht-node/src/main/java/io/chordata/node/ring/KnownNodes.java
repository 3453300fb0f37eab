package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of other nodes, by hearsay or by talking to them: the newest contact, whether they are taken for dead, and
 * how far away they are. Bounded: what was not used for longest is forgotten, and found out again.
 */
final class KnownNodes {
    static final long UNMEASURED = Long.MAX_VALUE;

    private static final int NODES_MAX = 16_384;
    private static final int SMOOTHING = 4;
    private static final long FIRST_LIFE = 1;

    private final Contact self;
    private final ChordRules rules;
    private final RingCounters counters;
    private final Map<NodeId, Known> nodes = new LinkedHashMap<>(16, 0.75f, true);
    private long moves;

    private static final class Known {
        Contact contact;
        long deadUntilMillis = Long.MIN_VALUE;
        long roundTripMillis = UNMEASURED;

        Known(Contact contact) {
            this.contact = contact;
        }
    }

    KnownNodes(Contact self, ChordRules rules, RingCounters counters) {
        this.self = self;
        this.rules = rules;
        this.counters = counters;
    }

    private Known of(Contact contact) {
        Known known = nodes.get(contact.node());
        if (known == null) {
            known = new Known(contact);
            nodes.put(contact.node(), known);
            forgetEldest();
        }
        return known;
    }

    private void forgetEldest() {
        if (nodes.size() > NODES_MAX) {
            nodes.remove(nodes.keySet().iterator().next());
        }
    }

    /**
     * Takes note of a contact that somebody mentioned. A first life needs no note: it replaces nothing, and whoever is not known
     * counts as in its first life. In a large new ring that is nearly all that is ever mentioned.
     */
    void meet(Contact contact) {
        if (contact.incarnation() == FIRST_LIFE || contact.node().equals(self.node())) {
            return;
        }
        Known known = nodes.get(contact.node());
        long life = known == null ? FIRST_LIFE : known.contact.incarnation();
        if (rules.isNewerLife(life, contact.incarnation())) {
            replace(contact);
            counters.count(RingRule.NODE_MOVED);
        }
    }

    private void replace(Contact contact) {
        Known known = of(contact);
        known.contact = contact;
        known.deadUntilMillis = Long.MIN_VALUE;
        moves++;
    }

    /** Takes the directory's word for it. */
    void settle(Contact contact) {
        meet(contact);
        Known known = of(contact);
        if (known.contact.incarnation() > contact.incarnation()) {
            known.contact = contact;
            moves++;
        }
    }

    /** Whether this is what the node was before it started again. */
    boolean isOldLife(Contact contact) {
        Known known = nodes.get(contact.node());
        return known != null && known.contact.incarnation() > contact.incarnation();
    }

    Contact newest(Contact contact) {
        if (contact.node().equals(self.node())) {
            return self;
        }
        Known known = nodes.get(contact.node());
        return known == null ? contact : known.contact;
    }

    Position newest(Position position) {
        return position.ownedBy(newest(position.owner()));
    }

    /** Grows whenever a contact is replaced. */
    long moves() {
        return moves;
    }

    /** @return whether it was taken for dead until now */
    boolean onHeard(long nowMillis, Contact contact) {
        Known known = of(contact);
        boolean wasDead = known.deadUntilMillis > nowMillis;
        known.deadUntilMillis = Long.MIN_VALUE;
        return wasDead;
    }

    void onSilent(Contact contact, long deadUntilMillis) {
        of(contact).deadUntilMillis = deadUntilMillis;
    }

    boolean isDead(long nowMillis, NodeId node) {
        Known known = nodes.get(node);
        return known != null && known.deadUntilMillis > nowMillis;
    }

    void onRoundTrip(Contact contact, long millis) {
        Known known = of(contact);
        known.roundTripMillis = known.roundTripMillis == UNMEASURED
                ? millis
                : known.roundTripMillis + (millis - known.roundTripMillis) / SMOOTHING;
    }

    long roundTripMillis(NodeId node) {
        Known known = nodes.get(node);
        return known == null ? UNMEASURED : known.roundTripMillis;
    }
}
