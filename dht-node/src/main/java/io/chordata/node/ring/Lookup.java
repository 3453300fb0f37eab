package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.LookupResult.Hop;
import io.chordata.node.ring.LookupResult.Reason;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One search for the position that succeeds an id, led from here: each node on the way is asked for nodes that are closer.
 *
 * <p>There are two kinds of candidates. Those <i>before</i> the id are asked for the way, closest first; each may only name
 * positions strictly closer than itself. One that answered, but named nobody who lives, is asked for its list, which may reach
 * past the dead. Those <i>behind</i> the id may be the answer: they come from the list of a position between which and the id
 * nobody lives, or at once from the cache or the directory. They are asked for their pointers, nearest to the id first, so
 * that the answer is one that was heard: it covers the id itself, or everybody between the id and it, as far as the position
 * before the id and the answer know, is dead.
 *
 * <p>One candidate is asked at a time, and while it is slow to answer the next best, too, at most 3 at once.
 */
final class Lookup {
    private static final int IN_FLIGHT_MAX = 3;
    private static final int HOPS_SPARE = 8;
    /** Of all nodes asked, the dead ones included, for each hop of the limit. */
    private static final int ASKED_PER_HOP = 4;
    /** How often the answer is sought backwards, from predecessor to predecessor, without knowing who precedes the id. */
    private static final int STEPS_BACK_MAX = 2;

    private final Ring ring;
    private final RingId id;
    private final boolean isForeign;
    private final RingOptions.Routing routing;
    private final LookupListener listener;
    private final int hopsMax;

    private final NavigableMap<Uint128, Candidate> before = new TreeMap<>();
    private final NavigableMap<Uint128, Candidate> behind = new TreeMap<>();
    private final Deque<Candidate> entries = new ArrayDeque<>();
    /** Lists that reach past the id. */
    private final List<Pointers> spans = new ArrayList<>();
    /** Who sent them. */
    private final Map<RingId, Candidate> origins = new TreeMap<>();
    /** The position right before the id, if all are dead that its list has in between. */
    private @Nullable Pointers preceding;

    private @Nullable Candidate closest;
    private int inFlight;
    private int asked;
    private boolean isTooFar;
    private boolean hasEnded;
    private long hedgeMillis = Long.MAX_VALUE;

    private enum State {
        NEW,
        ASKED,
        LIVE,
        DEAD
    }

    private static final class Candidate {
        private final Contact contact;
        private final @Nullable Position position;
        private final @Nullable Candidate parent;
        private final HopSource source;
        private final int hops;
        private State state = State.NEW;
        private boolean isListAsked;
        private @Nullable Pointers told;
        private long askedMicros;
        private long roundTripMicros;

        Candidate(Contact contact, @Nullable Position position, @Nullable Candidate parent, HopSource source) {
            this.contact = contact;
            this.position = position;
            this.parent = parent;
            this.source = source;
            this.hops = (parent == null ? 0 : parent.hops) + (source == HopSource.SELF ? 0 : 1);
        }
    }

    Lookup(Ring ring, RingId id, boolean isForeign, RingOptions.Routing routing, LookupListener listener) {
        this.ring = ring;
        this.id = id;
        this.isForeign = isForeign;
        this.routing = routing;
        this.listener = listener;
        double positions = Math.max(2, ring.estimatedPositions());
        this.hopsMax = (int) Math.ceil(2 * Math.log(positions) / Math.log(2)) + HOPS_SPARE;
    }

    void beginHere(long nowMillis) {
        Answer own = ring.lookups.answer(nowMillis, id);
        Candidate root = new Candidate(ring.self, null, null, HopSource.SELF);
        root.state = State.LIVE;
        take(nowMillis, root, own);
        if (!hasEnded && spans.isEmpty()) {
            takeShortCuts();
        }
        goOn(nowMillis);
    }

    void beginAt(long nowMillis, Collection<Contact> contacts) {
        contacts.forEach(contact -> entries.add(new Candidate(contact, null, null, HopSource.ENTRY)));
        goOn(nowMillis);
    }

    private void takeShortCuts() {
        Position cached = routing.cache() ? ring.lookups.cache().find(id) : null;
        if (cached != null) {
            ring.count(RingRule.CACHE_HIT);
            addBehind(cached, null, HopSource.CACHE);
        }
        Position listed = routing.directory() ? ring.directory.successor(id, node -> true) : null;
        if (listed != null) {
            addBehind(listed, null, HopSource.DIRECTORY);
        }
    }

    private void addBehind(Position position, @Nullable Candidate parent, HopSource source) {
        Candidate candidate =
                new Candidate(position.owner(), position, parent, ring.isSelf(position) ? HopSource.SELF : source);
        add(behind, id.distanceTo(position.id()), candidate);
    }

    /** Once for each position, unless it was silent in an earlier life: the cache may name that one. */
    private void add(NavigableMap<Uint128, Candidate> to, Uint128 distance, Candidate candidate) {
        Candidate there = to.get(distance);
        if (there == null || (there.state == State.DEAD && isOfALaterLife(there, candidate.contact))) {
            to.put(distance, candidate);
        }
    }

    private boolean isOfALaterLife(Candidate dead, Contact named) {
        return ring.rules.isOfALaterLife(dead.contact.incarnation(), named.incarnation());
    }

    private void addBefore(Candidate from, RingId mustBeCloserThan, Answer.Way way) {
        Position position = way.position();
        if (!ring.rules.isCloserHop(mustBeCloserThan, position.id(), id)) {
            ring.count(RingRule.HOP_NOT_CLOSER);
            return;
        }
        if (from.hops >= hopsMax) {
            isTooFar = true;
            return;
        }
        add(before, position.id().distanceTo(id), new Candidate(position.owner(), position, from, way.source()));
    }

    /** Asks whoever is next, or ends. */
    private void goOn(long nowMillis) {
        if (hasEnded || endIfFound(nowMillis)) {
            return;
        }
        if (inFlight == 0 && !askNext(nowMillis)) {
            stop(nowMillis, isTooFar ? Reason.TOO_MANY_HOPS : Reason.NOBODY_CLOSER);
        }
    }

    private boolean askNext(long nowMillis) {
        if (asked >= ASKED_PER_HOP * hopsMax) {
            isTooFar = true;
            return false;
        }
        Candidate next = nextBehind(nowMillis);
        if (next != null) {
            ask(nowMillis, next, new Question.AskPointers(positionOf(next).id(), 0, null));
            return true;
        }
        next = nextBefore(nowMillis);
        if (next == null) {
            return false;
        }
        if (next.state == State.LIVE) {
            askForList(nowMillis, next);
        } else {
            ask(nowMillis, next, new Question.AskHop(id));
        }
        return true;
    }

    private void askForList(long nowMillis, Candidate candidate) {
        candidate.isListAsked = true;
        count(nowMillis);
        Question question = new Question.AskPointers(positionOf(candidate).id(), 0, null);
        ring.ask(candidate.contact, question, new Asker() {
            @Override
            public void onAnswer(long now, Answer answer) {
                inFlight--;
                if (answer instanceof Answer.Told told && !hasEnded) {
                    takeList(candidate, told.pointers());
                }
                goOn(now);
            }

            @Override
            public void onSilence(long now) {
                inFlight--;
                candidate.state = State.DEAD;
                goOn(now);
            }
        });
    }

    private void takeList(Candidate from, Pointers pointers) {
        RingId at = pointers.at().id();
        for (Position entry : pointers.successors()) {
            if (entry.id().isBetween(at, id)) {
                addBefore(from, at, new Answer.Way(entry, HopSource.SUCCESSOR));
            }
        }
        RingId last =
                pointers.successors().get(pointers.successors().size() - 1).id();
        if (id.equals(last) || id.isBetween(at, last)) {
            spans.add(pointers);
            origins.put(pointers.at().id(), from);
        }
    }

    private void count(long nowMillis) {
        inFlight++;
        asked++;
        hedgeMillis = nowMillis + ring.options.hedgeMillis();
        ring.lookups.onAsked(this);
    }

    /** Finds out whether a list reaches past the id over dead positions only. */
    private void bridgeTheDead() {
        for (Pointers span : spans) {
            boolean isNearer =
                    preceding == null || isCloser(span.at().id(), preceding.at().id());
            if (isNearer && span.successors().stream().allMatch(entry -> isBehind(span, entry) || isDead(entry))) {
                preceding = span;
                Candidate from = origins.get(span.at().id());
                span.successors().stream()
                        .filter(entry -> isBehind(span, entry))
                        .forEach(entry -> addBehind(entry, from, HopSource.SUCCESSOR));
            }
        }
    }

    private boolean isBehind(Pointers span, Position entry) {
        return !entry.id().isBetween(span.at().id(), id);
    }

    private boolean isDead(Position entry) {
        Candidate candidate = before.get(entry.id().distanceTo(id));
        return candidate != null && candidate.state == State.DEAD && !isOfALaterLife(candidate, entry.owner());
    }

    private static Position positionOf(Candidate candidate) {
        if (candidate.position == null) {
            throw new IllegalStateException("a node to begin with is no candidate for the answer");
        }
        return candidate.position;
    }

    private @Nullable Candidate nextBehind(long nowMillis) {
        return behind.values().stream()
                .filter(candidate -> isWorthAsking(nowMillis, candidate))
                .findFirst()
                .orElse(null);
    }

    /** The closest that was not asked yet, or that answered without leading further. */
    private @Nullable Candidate nextBefore(long nowMillis) {
        return before.values().stream()
                .filter(candidate -> isWorthAsking(nowMillis, candidate)
                        || (candidate.state == State.LIVE && !candidate.isListAsked))
                .findFirst()
                .orElseGet(entries::poll);
    }

    /** In a ring that was split off, nodes live that are dead as seen from here. */
    private boolean isWorthAsking(long nowMillis, Candidate candidate) {
        if (candidate.state == State.NEW
                && !isForeign
                && !candidate.contact.node().equals(ring.self.node())
                && ring.known.isDead(nowMillis, candidate.contact.node())) {
            candidate.state = State.DEAD;
            ring.count(RingRule.HOP_DEAD);
        }
        return candidate.state == State.NEW;
    }

    private void ask(long nowMillis, Candidate candidate, Question question) {
        candidate.state = State.ASKED;
        candidate.askedMicros = ring.nowMicros();
        count(nowMillis);
        ring.ask(candidate.contact, question, new Asker() {
            @Override
            public void onAnswer(long now, Answer answer) {
                inFlight--;
                candidate.roundTripMicros = ring.nowMicros() - candidate.askedMicros;
                candidate.state = answer instanceof Answer.NotMember ? State.DEAD : State.LIVE;
                if (!hasEnded) {
                    take(now, candidate, answer);
                    goOn(now);
                }
            }

            @Override
            public void onSilence(long now) {
                inFlight--;
                candidate.state = State.DEAD;
                ring.count(RingRule.HOP_DEAD);
                dropFromCache(candidate);
                goOn(now);
            }
        });
    }

    long nextMillis() {
        return inFlight == 0 || inFlight >= IN_FLIGHT_MAX ? Long.MAX_VALUE : hedgeMillis;
    }

    /** Whoever was asked is slow. */
    void onWake(long nowMillis) {
        hedgeMillis = Long.MAX_VALUE;
        if (!hasEnded && inFlight > 0 && inFlight < IN_FLIGHT_MAX && askNext(nowMillis)) {
            ring.count(RingRule.HOP_HEDGED);
        }
    }

    private void take(long nowMillis, Candidate from, Answer answer) {
        if (answer instanceof Answer.Near near) {
            takeNear(nowMillis, from, near.pointers());
        } else if (answer instanceof Answer.Further further) {
            takeFurther(from, further);
        } else if (answer instanceof Answer.Told told) {
            takeTold(nowMillis, from, told.pointers());
        } else {
            dropFromCache(from);
        }
    }

    private void takeFurther(Candidate from, Answer.Further further) {
        RingId asked = from.position == null ? further.at().id() : from.position.id();
        Candidate at =
                from.position != null && from.position.id().equals(further.at().id())
                        ? from
                        : addLive(from, further.at());
        noteClosest(at);
        further.closer().forEach(way -> addBefore(at, asked, way));
    }

    /** The asked node answered from another position than the one it was asked for. */
    private Candidate addLive(Candidate from, Position position) {
        Candidate at = new Candidate(from.contact, position, from.parent, from.source);
        at.state = State.LIVE;
        at.roundTripMicros = from.roundTripMicros;
        before.put(position.id().distanceTo(id), at);
        return at;
    }

    private void noteClosest(Candidate from) {
        if (from.position != null
                && (closest == null
                        || isCloser(from.position.id(), positionOf(closest).id()))) {
            closest = from;
        }
    }

    private boolean isCloser(RingId one, RingId other) {
        return one.distanceTo(id).compareTo(other.distanceTo(id)) < 0;
    }

    private void takeNear(long nowMillis, Candidate from, Pointers pointers) {
        if (RingMember.covers(pointers, id)) {
            end(nowMillis, pointers, from);
        } else if (RingMember.precedes(pointers, id)) {
            noteClosest(from);
            takeList(from, pointers);
        }
    }

    /** A candidate for the answer told its pointers. */
    private void takeTold(long nowMillis, Candidate from, Pointers pointers) {
        if (from.position == null || !pointers.at().id().equals(from.position.id())) {
            return;
        }
        from.told = pointers;
        if (RingMember.covers(pointers, id)) {
            end(nowMillis, pointers, from);
            return;
        }
        dropFromCache(from);
        Position p = pointers.predecessor();
        boolean isBetterAnswer =
                id.equals(p.id()) || p.id().isBetween(id, pointers.at().id());
        if (isBetterAnswer && (preceding != null || from.hops <= STEPS_BACK_MAX)) {
            addBehind(p, from, HopSource.SUCCESSOR);
        }
    }

    private void dropFromCache(Candidate candidate) {
        if (candidate.source == HopSource.CACHE && candidate.position != null) {
            ring.count(RingRule.CACHE_WRONG);
            ring.lookups.cache().drop(candidate.position.id());
        }
    }

    /** The nearest behind the id that lives, where the position before the id says that there are no others. */
    private boolean endIfFound(long nowMillis) {
        bridgeTheDead();
        if (preceding == null) {
            return false;
        }
        for (Map.Entry<Uint128, Candidate> next : behind.entrySet()) {
            Candidate candidate = next.getValue();
            if (candidate.state == State.LIVE && candidate.told != null) {
                end(nowMillis, candidate.told, candidate);
                return true;
            }
            if (candidate.state != State.DEAD) {
                return false;
            }
        }
        return false;
    }

    private void end(long nowMillis, Pointers owner, Candidate last) {
        if (hasEnded) {
            return;
        }
        finish();
        ring.count(RingRule.LOOKUP_FOUND);
        if (RingMember.covers(owner, id) && !ring.isSelf(owner.at()) && !isForeign) {
            ring.lookups.cache().put(owner.predecessor().id(), owner.at());
        }
        Position precedes = preceding == null ? owner.predecessor() : preceding.at();
        listener.onEnd(nowMillis, new LookupResult.Found(id, owner.at(), precedes, owner.successors(), pathTo(last)));
    }

    void stop(long nowMillis, Reason reason) {
        finish();
        ring.count(RingRule.LOOKUP_STOPPED);
        Candidate at = closest;
        listener.onEnd(
                nowMillis,
                new LookupResult.Stopped(
                        id, reason, at == null ? null : at.position, at == null ? List.of() : pathTo(at)));
    }

    private void finish() {
        hasEnded = true;
        ring.lookups.onEnd(this);
    }

    private static List<Hop> pathTo(Candidate last) {
        Deque<Hop> path = new ArrayDeque<>();
        for (Candidate hop = last; hop != null; hop = hop.parent) {
            if (hop.source != HopSource.SELF || hop == last) {
                path.addFirst(new Hop(hop.contact.node(), hop.position, hop.source, hop.roundTripMicros));
            }
        }
        return List.copyOf(new ArrayList<>(path));
    }
}
