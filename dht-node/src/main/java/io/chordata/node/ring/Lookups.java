package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The lookups under way, and what they share. */
final class Lookups {
    private static final int OPEN_MAX = 4_096;
    /** Named to others that ask for the way. */
    private static final int CLOSER = 4;

    private final Ring ring;
    private final ArcCache cache;
    /** Whoever asked somebody longest ago comes first, so the next that may be too slow is at the front. */
    private final Set<Lookup> open = new LinkedHashSet<>();

    Lookups(Ring ring) {
        this.ring = ring;
        this.cache = new ArcCache(ring.options.cacheEntries());
    }

    ArcCache cache() {
        return cache;
    }

    /** From what this node knows. */
    void find(long nowMillis, RingId id, LookupListener listener) {
        find(nowMillis, id, ring.options.routing(), listener);
    }

    void find(long nowMillis, RingId id, RingOptions.Routing routing, LookupListener listener) {
        start(nowMillis, new Lookup(ring, id, false, routing, listener), lookup -> lookup.beginHere(nowMillis));
    }

    /** From what those nodes know, on whatever ring they are, and whether they are thought dead or not. */
    void findFrom(long nowMillis, Collection<Contact> entries, RingId id, LookupListener listener) {
        start(
                nowMillis,
                new Lookup(ring, id, true, ring.options.routing(), listener),
                lookup -> lookup.beginAt(nowMillis, entries));
    }

    private interface Begin {
        void begin(Lookup lookup);
    }

    private void start(long nowMillis, Lookup lookup, Begin begin) {
        if (open.size() >= OPEN_MAX) {
            lookup.stop(nowMillis, LookupResult.Reason.BUSY);
            return;
        }
        open.add(lookup);
        begin.begin(lookup);
    }

    /** It has just asked somebody. */
    void onAsked(Lookup lookup) {
        if (open.remove(lookup)) {
            open.add(lookup);
        }
    }

    void onEnd(Lookup lookup) {
        open.remove(lookup);
    }

    int open() {
        return open.size();
    }

    void onWake(long nowMillis) {
        List<Lookup> due = new ArrayList<>();
        for (Lookup lookup : open) {
            long next = lookup.nextMillis();
            if (next <= nowMillis) {
                due.add(lookup);
            } else if (next != Long.MAX_VALUE) {
                break;
            }
        }
        due.forEach(lookup -> lookup.onWake(nowMillis));
    }

    /** Those that have nobody left to ask wait for nothing and are passed over. */
    long nextMillis() {
        for (Lookup lookup : open) {
            long next = lookup.nextMillis();
            if (next != Long.MAX_VALUE) {
                return next;
            }
        }
        return Long.MAX_VALUE;
    }

    /** What this node answers to whoever asks it for the way. */
    Answer answer(long nowMillis, RingId id) {
        RingMember behind = ring.behind(id);
        RingMember before = ring.before(id);
        if (behind == null || before == null) {
            return new Answer.NotMember();
        }
        if (RingMember.covers(behind.pointers(), id)) {
            return new Answer.Near(behind.pointers());
        }
        if (RingMember.precedes(before.pointers(), id)) {
            return new Answer.Near(before.pointers());
        }
        List<Answer.Way> closer = new ArrayList<>();
        for (Answer.Way way : ring.table.closest(nowMillis, before.self().id(), id, CLOSER)) {
            closer.add(new Answer.Way(ring.known.newest(way.position()), way.source()));
        }
        return new Answer.Further(before.self(), closer);
    }
}
