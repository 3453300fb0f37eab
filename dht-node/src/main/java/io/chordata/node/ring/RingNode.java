package io.chordata.node.ring;

import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One node on the ring: all its positions, each a member of the Chord ring, and what they share. A pure machine: everything
 * that happens comes in by a method with the time as its first argument, and what it wants said goes to the {@link Outbox}.
 * Not thread-safe; called from one event loop.
 */
public final class RingNode {
    private static final int JOINS_MAX = 4;
    /** Far more than positions of one node ever have to say to each other during one event. */
    private static final int TALKS_MAX = 10_000;

    /** Of the busy period: for how long a node that was on a ring before looks for one before it begins another. */
    private static final int PATIENCE_PERIODS = 5;

    private final Ring ring;
    private final Outbox outbox;
    private final Responder responder;
    private final Inspection inspection;
    private final Healing healing;
    private final Map<RingId, RingMember> all = new LinkedHashMap<>();
    private final Set<Joining> joinings = new LinkedHashSet<>();
    private final long patienceMillis;
    private Entry entry = Entry.JOIN;
    private long lastMillis = Long.MIN_VALUE;
    private long dueMillis = Long.MAX_VALUE;

    /** How a node comes onto a ring. */
    public enum Entry {
        /** It begins one. Once for each cluster. */
        FOUND,
        /** It finds one, however long that takes. */
        JOIN,
        /** It was on one before. It finds that again, or begins a new one, so that a cluster in which all nodes were stopped comes back. */
        RETURN
    }

    /** @param clock by which round trips are measured; what happens when goes by the times that each event brings */
    public RingNode(
            Contact self,
            List<Position> positions,
            RingOptions options,
            Outbox outbox,
            RingDirectory directory,
            RandomSource random,
            Clock clock) {
        this(self, positions, options, outbox, directory, random, clock, ChordRules.CORRECTED);
    }

    RingNode(
            Contact self,
            List<Position> positions,
            RingOptions options,
            Outbox outbox,
            RingDirectory directory,
            RandomSource random,
            Clock clock,
            ChordRules rules) {
        this.ring = new Ring(self, options, rules, random, clock, directory);
        this.outbox = outbox;
        this.healing = new Healing(ring);
        positions.forEach(position -> all.put(position.id(), new RingMember(ring, position)));
        this.responder = new Responder(ring);
        this.inspection = new Inspection(self, all.keySet());
        this.patienceMillis = ring.jittered(PATIENCE_PERIODS * options.busyPeriodMillis())
                + random.nextInt((int) (PATIENCE_PERIODS * options.busyPeriodMillis()));
        if (all.isEmpty() || all.size() != positions.size()) {
            throw new IllegalArgumentException("a node has positions, all of them different");
        }
    }

    public void start(long nowMillis, Entry way) {
        begin(nowMillis);
        entry = way;
        all.values().forEach(member -> joinings.add(new Joining(nowMillis, ring, member)));
        if (way == Entry.FOUND) {
            foundOne(nowMillis);
        }
        healing.begin(nowMillis);
        end(nowMillis);
    }

    private void foundOne(long nowMillis) {
        Joining first = joinings.iterator().next();
        joinings.remove(first);
        first.member().found(nowMillis);
    }

    /** Tells the neighbours of all positions, so that they need not find out. */
    public void leave(long nowMillis) {
        begin(nowMillis);
        joinings.clear();
        for (RingMember member : all.values()) {
            member.leave();
            settle(nowMillis);
        }
        end(nowMillis);
    }

    public void lookup(long nowMillis, RingId id, LookupListener listener) {
        lookup(nowMillis, id, ring.options.routing(), listener);
    }

    /** @param routing which short cuts this lookup may take; which lists lead it on is up to each node on the way */
    public void lookup(long nowMillis, RingId id, RingOptions.Routing routing, LookupListener listener) {
        begin(nowMillis);
        ring.lookups.find(nowMillis, id, routing, listener);
        end(nowMillis);
    }

    /** @param from who proved to have sent it */
    public void onMessage(long nowMillis, NodeId from, RingMessage message) {
        begin(nowMillis);
        if (isToBeHeard(from, message)) {
            hear(nowMillis, message);
        }
        end(nowMillis);
    }

    private boolean isToBeHeard(NodeId from, RingMessage message) {
        if (ring.directory.refuses(message.from())) {
            return isDroppedAs(RingRule.REFUSED);
        }
        if (!inspection.isSound(from, message)
                || (message instanceof RingMessage.Answers answers && !ring.questions.fits(answers))) {
            return isDroppedAs(RingRule.NONSENSE_DROPPED);
        }
        return !ring.known.isOldLife(message.from()) || isDroppedAs(RingRule.OLD_LIFE_IGNORED);
    }

    private boolean isDroppedAs(RingRule rule) {
        ring.count(rule);
        return false;
    }

    private void hear(long nowMillis, RingMessage message) {
        Inspection.contactsOf(message).forEach(this::meet);
        ring.directory.onHeard(nowMillis, message.from());
        if (ring.known.onHeard(nowMillis, message.from())) {
            ring.count(RingRule.NODE_REVIVED);
            healing.onRevived(nowMillis, message.from());
        }
        if (message instanceof RingMessage.Questions questions) {
            outbox.send(
                    ring.known.newest(questions.from()),
                    new RingMessage.Answers(
                            ring.self, questions.number(), responder.answer(nowMillis, questions.questions())));
        } else if (message instanceof RingMessage.Answers answers) {
            onAnswers(nowMillis, answers);
        } else if (message instanceof RingMessage.Notices notices) {
            notices.notices().forEach(notice -> onNotice(nowMillis, notice));
        }
    }

    private void meet(Contact contact) {
        if (!ring.directory.refuses(contact)) {
            ring.known.meet(contact);
        }
    }

    private void onAnswers(long nowMillis, RingMessage.Answers message) {
        OpenQuestions.Open answered = ring.questions.take(message.from().node(), message);
        if (answered == null) {
            ring.count(RingRule.ANSWER_UNMATCHED);
            return;
        }
        long roundTripMicros = answered.roundTripMicros(ring.nowMicros());
        if (roundTripMicros != KnownNodes.UNMEASURED) {
            ring.known.onRoundTrip(message.from(), roundTripMicros);
        }
        answered.answer(nowMillis, message.answers());
    }

    private void onNotice(long nowMillis, Notice notice) {
        RingMember member = all.get(notice.at());
        if (member == null) {
            return;
        }
        if (notice instanceof Notice.Notify notify) {
            member.onNotify(nowMillis, notify.candidate());
        } else if (notice instanceof Notice.Leaving leaving) {
            member.onLeaving(nowMillis, leaving.leaver(), leaving.predecessor());
        } else if (notice instanceof Notice.Changed changed) {
            member.onChanged(nowMillis, changed.changed());
        }
    }

    /** No connection can be made to that node in that life. */
    public void onUnreachable(long nowMillis, Contact contact) {
        begin(nowMillis);
        silence(nowMillis, contact);
        end(nowMillis);
    }

    /** The directory says that the node is down. */
    public void onNodeDown(long nowMillis, Contact contact) {
        onUnreachable(nowMillis, contact);
    }

    /** The directory has doubts about the node: members that have it as first successor ask it at once. */
    public void onNodeSuspected(long nowMillis, Contact contact) {
        begin(nowMillis);
        for (RingMember member : ring.listed()) {
            if (member.successors().first().owner().node().equals(contact.node())) {
                member.hurry(nowMillis);
            }
        }
        end(nowMillis);
    }

    /** This node stood still for so long that others may take it for dead: its members report to their successors at once. */
    public void onHeldUp(long nowMillis) {
        begin(nowMillis);
        hurryAll(nowMillis);
        end(nowMillis);
    }

    private void hurryAll(long nowMillis) {
        ring.listed().forEach(member -> member.hurry(nowMillis));
    }

    /** The directory says that this is the node's life, whatever was said of others. */
    public void onNodeKnown(long nowMillis, Contact contact) {
        begin(nowMillis);
        ring.known.settle(contact);
        end(nowMillis);
    }

    /** The directory says that the node is up, which it was not before, in this life. */
    public void onNodeUp(long nowMillis, Contact contact) {
        begin(nowMillis);
        if (ring.known.onHeard(nowMillis, contact)) {
            ring.count(RingRule.NODE_REVIVED);
        }
        healing.onRevived(nowMillis, contact);
        end(nowMillis);
    }

    /** A silent node is dead, for all its positions and whatever it was asked; not if it has begun a new life meanwhile. */
    private void silence(long nowMillis, Contact contact) {
        NodeId node = contact.node();
        List<OpenQuestions.Open> given = ring.questions.giveUp(contact);
        if (!ring.known.isOldLife(contact)) {
            ring.count(RingRule.NODE_DEAD);
            ring.known.onSilent(contact, nowMillis + ring.options.deadMillis());
            ring.directory.onSilent(nowMillis, node);
            if (ring.rules.isDeadForAllPositions()) {
                ring.listed().forEach(member -> member.onNodeDead(nowMillis, node));
            }
        }
        given.forEach(question -> question.silence(nowMillis));
    }

    public void onWake(long nowMillis) {
        begin(nowMillis);
        if (ring.questions.resend(nowMillis, ring.nowMicros(), outbox)) {
            ring.count(RingRule.QUESTION_RESENT);
        }
        for (Contact silent = ring.questions.nextSilent(nowMillis);
                silent != null;
                silent = ring.questions.nextSilent(nowMillis)) {
            silence(nowMillis, silent);
        }
        join(nowMillis);
        stabilise(nowMillis);
        ring.lookups.onWake(nowMillis);
        if (healing.nextMillis() <= nowMillis) {
            healing.onPeriod(nowMillis);
        }
        end(nowMillis);
    }

    private void join(long nowMillis) {
        joinings.removeIf(joining -> joining.member().isJoined());
        int started = 0;
        for (Joining joining : List.copyOf(joinings)) {
            if (started++ >= JOINS_MAX) {
                return;
            }
            if (joining.nextMillis() <= nowMillis) {
                joinOrFound(nowMillis, joining);
            }
        }
    }

    private void joinOrFound(long nowMillis, Joining joining) {
        boolean isAlone = ring.members().isEmpty();
        if (entry == Entry.RETURN && isAlone && joining.vainMillis(nowMillis) > patienceMillis) {
            joinings.remove(joining);
            joining.member().found(nowMillis);
        } else {
            joining.tryNow(nowMillis);
        }
    }

    /** Members whose time has nearly come go along with one whose time has come: their questions then share messages. */
    private void stabilise(long nowMillis) {
        if (ring.nextOfMembersMillis() > nowMillis) {
            return;
        }
        for (RingMember member : ring.listed()) {
            if (member.isNearlyDue(nowMillis)) {
                member.stabilise(nowMillis);
            }
            if (member.fingers().nextMillis() <= nowMillis) {
                member.fingers().onPeriod(nowMillis);
            }
        }
    }

    /** When {@link #onWake} wants to be called next. */
    public long nextWakeMillis() {
        return dueMillis;
    }

    private long nextMillis() {
        long next =
                Math.min(ring.nextOfMembersMillis(), Math.min(ring.questions.nextMillis(), ring.lookups.nextMillis()));
        int considered = 0;
        for (Joining joining : joinings) {
            if (considered++ >= JOINS_MAX) {
                break;
            }
            next = Math.min(next, joining.nextMillis());
        }
        return Math.min(next, healing.nextMillis());
    }

    private void begin(long nowMillis) {
        if (nowMillis < lastMillis) {
            throw new IllegalArgumentException("time went back from " + lastMillis + " to " + nowMillis);
        }
        forgivePause(nowMillis);
        lastMillis = nowMillis;
    }

    /** The time for which this node did not run although it was due is nobody's silence, and no time spent in vain. */
    private void forgivePause(long nowMillis) {
        if (dueMillis >= nowMillis) {
            return;
        }
        long lateMillis = nowMillis - Math.max(dueMillis, lastMillis);
        if (lateMillis > ring.options.questionMillis() / ring.options.attempts()) {
            ring.count(RingRule.PAUSE_FORGIVEN);
            ring.questions.forgive(lateMillis);
            joinings.forEach(joining -> joining.forgive(lateMillis));
        }
        if (lateMillis > ring.options.questionMillis()) {
            hurryAll(nowMillis);
        }
    }

    private void end(long nowMillis) {
        settle(nowMillis);
        dueMillis = nextMillis();
    }

    /** Sends what this event brought about. What positions of this node have to say to each other is part of the event. */
    private void settle(long nowMillis) {
        for (int i = 0; ring.questions.hasCollected() || ring.hasNotices(); i++) {
            if (i == TALKS_MAX) {
                throw new IllegalStateException("the positions of " + ring.self + " talk to each other without end");
            }
            for (OpenQuestions.Open own : ring.questions.send(nowMillis, ring.nowMicros(), outbox)) {
                own.answer(nowMillis, responder.answer(nowMillis, own.questions()));
            }
            while (ring.hasNotices()) {
                Map.Entry<Contact, List<Notice>> notices = ring.takeNotices();
                tell(nowMillis, notices.getKey(), notices.getValue());
            }
        }
    }

    private void tell(long nowMillis, Contact to, List<Notice> notices) {
        if (to.node().equals(ring.self.node())) {
            notices.forEach(notice -> onNotice(nowMillis, notice));
            return;
        }
        for (int from = 0; from < notices.size(); from += RingMessage.PARTS_MAX) {
            int end = Math.min(notices.size(), from + RingMessage.PARTS_MAX);
            outbox.send(to, new RingMessage.Notices(ring.self, List.copyOf(notices.subList(from, end))));
        }
    }

    public Contact self() {
        return ring.self;
    }

    /** Whether all positions are on the ring. */
    public boolean isJoined() {
        return ring.members().size() == all.size();
    }

    /** The positions that are on the ring, with their pointers, in the order of the ring. */
    public List<Pointers> pointers() {
        List<Pointers> pointers = new ArrayList<>();
        ring.members().values().forEach(member -> pointers.add(member.pointers()));
        return pointers;
    }

    /** The fingers of all positions, each position once, with the farthest point of the ring that it stands for. */
    public List<Finger> fingers() {
        Map<RingId, Finger> fingers = new LinkedHashMap<>();
        for (RingMember member : ring.members().values()) {
            for (int k = 0; k < member.fingers().needed(); k++) {
                Position position = member.fingers().get(k);
                if (position != null) {
                    fingers.putIfAbsent(
                            position.id(), new Finger(member.fingers().start(k), position));
                }
            }
        }
        return List.copyOf(fingers.values());
    }

    /** The members themselves, for whoever looks inside. */
    Iterable<RingMember> members() {
        return ring.members().values();
    }

    /** Grows with every change of a pointer. */
    public long changes() {
        return ring.changes();
    }

    public RingCounters counters() {
        return ring.counters;
    }

    boolean takesForDead(long nowMillis, NodeId node) {
        return ring.known.isDead(nowMillis, node);
    }

    public int openLookups() {
        return ring.lookups.open();
    }
}
