package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The way of one position onto the ring: look up the member m right before it, ask m for its list, and take the place behind
 * m if m's own reply leaves it free; otherwise look up again.
 */
final class Joining {
    private static final int ENTRIES = 3;
    /** Of the busy period, between two tries. */
    private static final int RETRIES_PER_PERIOD = 4;

    private final Ring ring;
    private final RingMember member;
    private boolean isTrying;
    private long nextMillis;
    /** When somebody on a ring was last found, or when it all began. */
    private long foundMillis;

    Joining(long nowMillis, Ring ring, RingMember member) {
        this.ring = ring;
        this.member = member;
        this.nextMillis = nowMillis;
        this.foundMillis = nowMillis;
    }

    long nextMillis() {
        return isTrying ? Long.MAX_VALUE : nextMillis;
    }

    /** For how long no ring was found. */
    long vainMillis(long nowMillis) {
        return nowMillis - foundMillis;
    }

    /** Time during which this node itself stood still it did not search. */
    void forgive(long millis) {
        foundMillis += millis;
    }

    RingMember member() {
        return member;
    }

    void tryNow(long nowMillis) {
        LookupListener listener = this::onLookup;
        if (!ring.members().isEmpty()) {
            isTrying = true;
            ring.lookups.find(nowMillis, member.self().id(), listener);
            return;
        }
        Collection<Contact> entries = entries();
        if (entries.isEmpty()) {
            retry(nowMillis);
        } else {
            isTrying = true;
            ring.lookups.findFrom(nowMillis, entries, member.self().id(), listener);
        }
    }

    private Collection<Contact> entries() {
        Map<NodeId, Contact> entries = new TreeMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            Contact contact = ring.directory.random(ring.random);
            if (contact != null) {
                entries.put(contact.node(), contact);
            }
        }
        return entries.values();
    }

    private void retry(long nowMillis) {
        isTrying = false;
        nextMillis = nowMillis + ring.jittered(Math.max(1, ring.options.busyPeriodMillis() / RETRIES_PER_PERIOD));
    }

    private void onLookup(long nowMillis, LookupResult result) {
        if (!(result instanceof LookupResult.Found found)) {
            retry(nowMillis);
            return;
        }
        foundMillis = nowMillis;
        Position m = found.before();
        ring.ask(m.owner(), new Question.AskPointers(m.id(), 0, member.self()), new Asker() {
            @Override
            public void onAnswer(long now, Answer answer) {
                onReply(now, answer instanceof Answer.Told told ? told.pointers() : null);
            }

            @Override
            public void onSilence(long now) {
                onReply(now, null);
            }
        });
    }

    private void onReply(long nowMillis, @Nullable Pointers reply) {
        if (reply != null && ring.rules.mayJoin(reply.at().id(), member.self().id(), reply)) {
            isTrying = false;
            member.join(nowMillis, reply);
            return;
        }
        if (reply != null) {
            ring.count(RingRule.JOIN_TEST_FAILED);
        }
        retry(nowMillis);
    }
}
