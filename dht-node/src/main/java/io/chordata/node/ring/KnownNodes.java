package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of other nodes, by hearsay or by talking to them: the newest contact, whether they are taken for dead, and
 * how far away they are. Bounded: one that was not used for long is forgotten, and found out again.
 */
final class KnownNodes {
    static final long UNMEASURED = Long.MAX_VALUE;

    private static final int NODES_MAX = 16_384;
    private static final int SMOOTHING = 4;
    private static final long FIRST_LIFE = 1;

    private final Contact self;
    private final ChordRules rules;
    private final RingCounters counters;
    /** By age; whoever was used gets a second chance at the end. An order by use would be rewritten by each message. */
    private final Map<NodeId, Known> nodes = new LinkedHashMap<>();

    private long moves;

    private static final class Known {
        Contact contact;
        long deadUntilMillis = Long.MIN_VALUE;
        long roundTripMicros = UNMEASURED;
        boolean isUsed;

        Known(Contact contact) {
            this.contact = contact;
        }
    }

    KnownNodes(Contact self, ChordRules rules, RingCounters counters) {
        this.self = self;
        this.rules = rules;
        this.counters = counters;
    }

    private @Nullable Known find(NodeId node) {
        Known known = nodes.get(node);
        if (known != null && !known.isUsed) {
            known.isUsed = true;
        }
        return known;
    }

    private Known of(Contact contact) {
        Known known = find(contact.node());
        if (known == null) {
            makeRoom();
            known = new Known(contact);
            nodes.put(contact.node(), known);
        }
        return known;
    }

    private void makeRoom() {
        while (nodes.size() >= NODES_MAX) {
            Map.Entry<NodeId, Known> eldest = nodes.entrySet().iterator().next();
            NodeId node = eldest.getKey();
            Known known = eldest.getValue();
            nodes.remove(node);
            if (known.isUsed) {
                known.isUsed = false;
                nodes.put(node, known);
            }
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
        Known known = find(contact.node());
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
        Known known = find(contact.node());
        return known != null && known.contact.incarnation() > contact.incarnation();
    }

    Contact newest(Contact contact) {
        if (contact.node().equals(self.node())) {
            return self;
        }
        Known known = find(contact.node());
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
        Known known = find(contact.node());
        if (known == null) {
            return false;
        }
        boolean wasDead = known.deadUntilMillis > nowMillis;
        known.deadUntilMillis = Long.MIN_VALUE;
        return wasDead;
    }

    void onSilent(Contact contact, long deadUntilMillis) {
        of(contact).deadUntilMillis = deadUntilMillis;
    }

    boolean isDead(long nowMillis, NodeId node) {
        Known known = find(node);
        return known != null && known.deadUntilMillis > nowMillis;
    }

    void onRoundTrip(Contact contact, long micros) {
        Known known = of(contact);
        known.roundTripMicros = known.roundTripMicros == UNMEASURED
                ? micros
                : known.roundTripMicros + (micros - known.roundTripMicros) / SMOOTHING;
    }

    long roundTripMicros(NodeId node) {
        Known known = find(node);
        return known == null ? UNMEASURED : known.roundTripMicros;
    }
}
