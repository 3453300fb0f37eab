package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One position of this node as a member of the Chord ring: its predecessor, its successor list, and how they follow the
 * ring. The order of things is that of Zave's corrected Chord; the decisions are in {@link ChordRules}.
 *
 * <p>One round of stabilisation runs at a time. What changes the first successor from outside (a death, a departure, the
 * second step towards a ring that was split off) begins a new round, and the answer to the old one no longer counts: it
 * tells of a successor that is not the first any more.
 */
final class RingMember {
    /** Unchanged rounds after which a member is quiet. */
    private static final int CALM_ROUNDS = 3;
    /** A hint waits for so small a part of the busy period, so that several are one. */
    private static final int HINTS_PER_PERIOD = 8;
    /** Of the period: so much earlier a round may begin. */
    private static final int EARLY = 5;

    private final Ring ring;
    private final Position self;
    private final Fingers fingers;

    /** Itself only while it is alone, or came from there towards a ring that does not know it yet. */
    private Position predecessor;

    /** Lost only within an event: then it is seeded anew. */
    private SuccessorList successors;

    private boolean joined;
    private long round;
    private boolean isAsking;
    private int calmRounds;
    private long nextMillis = Long.MAX_VALUE;
    /** What the first successor answered last, to which "unchanged" refers. */
    private @Nullable Pointers told;
    /** Reported itself while the predecessor is asked whether it lives. */
    private @Nullable Position candidate;

    private @Nullable Pointers pointers;
    private long pointersMoves;

    RingMember(Ring ring, Position self) {
        this.ring = ring;
        this.self = self;
        this.fingers = new Fingers(ring, this);
        this.predecessor = self;
        this.successors = SuccessorList.alone(self);
    }

    Position self() {
        return self;
    }

    boolean isJoined() {
        return joined;
    }

    Fingers fingers() {
        return fingers;
    }

    SuccessorList successors() {
        return successors;
    }

    Position predecessor() {
        return predecessor;
    }

    /** Whether it knows of no other position. */
    boolean isAlone() {
        return !successors.isLost() && is(successors.first(), self);
    }

    private static boolean is(Position one, Position other) {
        return one.id().equals(other.id());
    }

    /** What questions are answered by: predecessor and list of one moment, with the newest contacts. */
    Pointers pointers() {
        Pointers current = pointers;
        if (current == null || pointersMoves != ring.known.moves()) {
            pointersMoves = ring.known.moves();
            current = new Pointers(
                    self,
                    ring.known.newest(predecessor),
                    successors.entries().stream().map(ring.known::newest).toList());
            pointers = current;
        }
        return current;
    }

    /** Whether the id lies between its predecessor and itself. While nobody has reported, that is true of its own id alone. */
    static boolean covers(Pointers pointers, RingId id) {
        RingId at = pointers.at().id();
        if (pointers.predecessor().id().equals(at)) {
            return id.equals(at) || pointers.first().id().equals(at);
        }
        return id.equals(at) || id.isBetween(pointers.predecessor().id(), at);
    }

    /** Whether the id lies between this position and its first successor. */
    static boolean precedes(Pointers pointers, RingId id) {
        RingId first = pointers.first().id();
        return id.equals(first) || id.isBetween(pointers.at().id(), first);
    }

    /** Begins a ring of its own. */
    void found(long nowMillis) {
        enter(nowMillis, SuccessorList.alone(self), self);
        ring.count(RingRule.FOUNDED);
    }

    /** Takes its place behind m, by m's own reply: list and predecessor in one step. */
    void join(long nowMillis, Pointers replyOfM) {
        Position m = replyOfM.at();
        Position first = replyOfM.first();
        List<Position> rest =
                replyOfM.successors().subList(1, replyOfM.successors().size());
        enter(nowMillis, ring.rules.adopt(self, first, rest, ring.options), m);
        ring.count(RingRule.JOINED);
        stabilise(nowMillis);
    }

    private void enter(long nowMillis, SuccessorList list, Position before) {
        joined = true;
        ring.enter(this);
        successors = list;
        predecessor = before;
        wakeAt(nowMillis);
        fingers.begin(nowMillis);
        onChange();
    }

    private void onChange() {
        calmRounds = 0;
        pointers = null;
        ring.onChange();
    }

    private void setSuccessors(long nowMillis, SuccessorList list) {
        if (list.equals(successors)) {
            calmRounds++;
            return;
        }
        boolean isSame = list.hasSameIds(successors) && list.vacancies() == successors.vacancies();
        successors = list;
        pointers = null;
        if (isSame) {
            calmRounds++;
        } else {
            fingers.onListChanged(nowMillis);
            onChange();
            hint(predecessor);
        }
    }

    /** Who has this member as its first successor should ask it soon: its list follows from this one's. */
    private void hint(Position before) {
        if (!is(before, self)) {
            ring.tell(before, new Notice.Changed(before.id(), self));
        }
    }

    /** Nothing but the time of the next round depends on this hint. */
    void onChanged(long nowMillis, Position successor) {
        if (joined && is(successor, successors.first())) {
            ring.count(RingRule.HURRIED);
            calmRounds = 0;
            long soon = nowMillis + ring.jittered(ring.options.busyPeriodMillis() / HINTS_PER_PERIOD);
            wakeAt(Math.min(nextMillis, soon));
        }
    }

    /** Something may be wrong that a round would find out: it is due now. */
    void hurry(long nowMillis) {
        ring.count(RingRule.HURRIED);
        wakeAt(Math.min(nextMillis, nowMillis));
    }

    private void setPredecessor(Position position) {
        predecessor = position;
        onChange();
    }

    long nextMillis() {
        return isAsking || !joined ? Long.MAX_VALUE : nextMillis;
    }

    private void wakeAt(long millis) {
        nextMillis = millis;
        ring.onTimer();
    }

    private void schedule(long nowMillis) {
        wakeAt(isQuiet() ? ring.nextQuietRound(nowMillis) : nowMillis + ring.jittered(ring.options.busyPeriodMillis()));
    }

    private long periodMillis() {
        return isQuiet() ? ring.options.quietPeriodMillis() : ring.options.busyPeriodMillis();
    }

    /** Whether its time has come so nearly that it may go along with another member, so that their questions share messages. */
    boolean isNearlyDue(long nowMillis) {
        long next = nextMillis();
        return next != Long.MAX_VALUE
                && next - ring.options.quietPeriodMillis() / EARLY <= nowMillis
                && next - periodMillis() / EARLY <= nowMillis;
    }

    private void setAsking(boolean asking) {
        isAsking = asking;
        ring.onTimer();
    }

    boolean isQuiet() {
        return calmRounds >= CALM_ROUNDS && isComplete();
    }

    /** Whether the list is full, or goes around as far as the predecessor. */
    private boolean isComplete() {
        return successors.isFull(self, ring.options)
                || is(successors.last(), predecessor)
                || (isAlone() && is(predecessor, self));
    }

    /** First step: what do you, my first successor, know? */
    void stabilise(long nowMillis) {
        if (!joined || isAsking) {
            return;
        }
        dropTheDead(nowMillis);
        Position s = successors.first();
        long asked = begin(nowMillis);
        ring.count(RingRule.STABILISED);
        Pointers last = told;
        long hash = last != null && is(last.at(), s) ? last.hash() : 0;
        ring.ask(s.owner(), new Question.AskPointers(s.id(), hash, null), new Asker() {
            @Override
            public void onAnswer(long now, Answer answer) {
                if (isCurrent(asked, s)) {
                    onFirst(now, s, answer);
                }
            }

            @Override
            public void onSilence(long now) {
                if (isCurrent(asked, s)) {
                    setAsking(false);
                    ring.count(RingRule.SUCCESSOR_DEAD);
                    dropFirst(now);
                }
            }
        });
    }

    private long begin(long nowMillis) {
        setAsking(true);
        schedule(nowMillis);
        return ++round;
    }

    private boolean isCurrent(long asked, Position s) {
        boolean current = joined && ring.rules.isCurrent(asked == round, s.id(), successors);
        if (!current) {
            ring.count(RingRule.STALE_ANSWER);
        }
        return current;
    }

    private void onFirst(long nowMillis, Position s, Answer answer) {
        setAsking(false);
        Pointers reply = read(s, answer);
        if (reply == null) {
            onFirstNotMember(nowMillis, answer);
            return;
        }
        setSuccessors(nowMillis, ring.rules.adopt(self, reply.at(), reply.successors(), ring.options));
        told = reply;
        Position p = reply.predecessor();
        if (ring.rules.isNearer(self.id(), p.id(), s.id())) {
            secondStep(nowMillis, p);
        } else {
            notifyFirst(reply.predecessor());
        }
        schedule(nowMillis);
    }

    private @Nullable Pointers read(Position asked, Answer answer) {
        if (answer instanceof Answer.Told said && is(said.pointers().at(), asked)) {
            return said.pointers();
        }
        Pointers last = told;
        if (answer instanceof Answer.Unchanged && last != null && is(last.at(), asked)) {
            ring.count(RingRule.UNCHANGED);
            return last;
        }
        return null;
    }

    private void onFirstNotMember(long nowMillis, Answer answer) {
        if (answer instanceof Answer.NotMember && ring.rules.dropsWhoIsNotMember()) {
            ring.count(RingRule.SUCCESSOR_NOT_MEMBER);
            dropFirst(nowMillis);
        } else {
            told = null;
        }
    }

    /** Second step: p, whom my first successor knows, may be nearer to me. Also the way to a ring that was split off. */
    void secondStep(long nowMillis, Position p) {
        long asked = begin(nowMillis);
        ring.ask(p.owner(), new Question.AskPointers(p.id(), 0, null), new Asker() {
            @Override
            public void onAnswer(long now, Answer answer) {
                onSecond(now, asked, p, answer);
            }

            @Override
            public void onSilence(long now) {
                onSecond(now, asked, p, null);
            }
        });
    }

    private void onSecond(long nowMillis, long asked, Position p, @Nullable Answer answer) {
        if (!joined || !ring.rules.isSecondStepDue(asked == round, self.id(), p.id(), successors)) {
            ring.count(RingRule.SECOND_STEP_OUTDATED);
            return;
        }
        setAsking(false);
        Pointers reply = answer == null ? null : read(p, answer);
        if (reply == null) {
            ring.count(RingRule.SECOND_STEP_DEAD);
        } else {
            ring.count(RingRule.SECOND_STEP);
            setSuccessors(nowMillis, ring.rules.adopt(self, reply.at(), reply.successors(), ring.options));
            told = reply;
        }
        Pointers known = told;
        notifyFirst(known != null && is(known.at(), successors.first()) ? known.predecessor() : self);
        schedule(nowMillis);
        stabiliseAgainIfNearer(nowMillis, reply);
    }

    /** Where p in turn knows somebody nearer, the next round need not wait. */
    private void stabiliseAgainIfNearer(long nowMillis, @Nullable Pointers reply) {
        if (reply != null
                && is(reply.at(), successors.first())
                && ring.rules.isNearer(
                        self.id(), reply.predecessor().id(), reply.at().id())) {
            wakeAt(nowMillis);
        }
    }

    /**
     * Tells the first successor who precedes it, unless it just said that it knows. In a ring of one that is the member
     * itself, which forgets a dead predecessor in this way.
     */
    private void notifyFirst(Position predecessorItNamed) {
        Position first = successors.first();
        if (!is(predecessorItNamed, self)) {
            ring.tell(first, new Notice.Notify(first.id(), self));
        }
    }

    private void dropTheDead(long nowMillis) {
        while (ring.isDead(nowMillis, successors.first())) {
            ring.count(RingRule.SUCCESSOR_DEAD);
            shift(nowMillis);
        }
    }

    /** The first successor is dead, or left: the next one is the first, is told so, and is asked at once. */
    private void dropFirst(long nowMillis) {
        shift(nowMillis);
        dropTheDead(nowMillis);
        Position first = successors.first();
        ring.tell(first, new Notice.Notify(first.id(), self));
        stabilise(nowMillis);
    }

    private void shift(long nowMillis) {
        Position dropped = successors.first();
        setAsking(false);
        round++;
        successors = ring.rules.shift(successors);
        if (ring.rules.isLost(successors)) {
            reseed(nowMillis, dropped);
        }
        onChange();
        hint(predecessor);
    }

    /**
     * All entries are dead, against which no rule of the ring helps: whatever this node or its directory still knows clockwise of
     * here takes their place, at worst the member itself. Too far a successor comes nearer by stabilising, and {@link Healing}
     * asks the directory's nodes for the rest of the ring.
     */
    private void reseed(long nowMillis, Position dropped) {
        ring.count(RingRule.LOST_ALL_SUCCESSORS);
        Position next = ring.table.nearestLive(nowMillis, dropped.id(), self.id());
        if (next == null) {
            successors = SuccessorList.alone(self);
            predecessor = self;
        } else {
            ring.count(RingRule.RESEEDED);
            successors = SuccessorList.of(self, next, List.of(), ring.options);
        }
    }

    void onNodeDead(long nowMillis, NodeId node) {
        if (!joined) {
            return;
        }
        if (predecessor.owner().node().equals(node)) {
            predecessor = ring.rules.whenPredecessorDies(self, predecessor);
            pointers = null;
        }
        fingers.onNodeDead(nowMillis, node);
        if (ring.isDead(nowMillis, successors.first())) {
            ring.count(RingRule.SUCCESSOR_DEAD);
            dropFirst(nowMillis);
        }
    }

    /** Rectify: c says that this position is its first successor. */
    void onNotify(long nowMillis, Position c) {
        if (!joined) {
            return;
        }
        if (c.equals(predecessor)) {
            return;
        }
        if (is(c, predecessor)) {
            predecessor = c;
            pointers = null;
        } else if (ring.rules.isBetterPredecessor(predecessor.id(), c.id(), self.id())) {
            ring.count(RingRule.PREDECESSOR_NEARER);
            hint(predecessor);
            setPredecessor(c);
        } else if (ring.isDead(nowMillis, predecessor)) {
            replaceDeadPredecessor(c);
        } else {
            askPredecessor(c);
        }
    }

    private void replaceDeadPredecessor(Position c) {
        ring.count(RingRule.PREDECESSOR_DEAD);
        setPredecessor(c);
    }

    private void askPredecessor(Position c) {
        boolean isBeingAsked = candidate != null;
        candidate = c;
        if (isBeingAsked) {
            return;
        }
        Position asked = predecessor;
        ring.ask(asked.owner(), new Question.AskPointers(asked.id(), 0, null), new Asker() {
            @Override
            public void onAnswer(long now, Answer answer) {
                onPredecessor(asked, answer instanceof Answer.NotMember);
            }

            @Override
            public void onSilence(long now) {
                onPredecessor(asked, true);
            }
        });
    }

    private void onPredecessor(Position asked, boolean isDead) {
        Position c = candidate;
        candidate = null;
        if (c == null || !joined || !is(asked, predecessor)) {
            return;
        }
        if (isDead) {
            replaceDeadPredecessor(c);
        } else {
            ring.count(RingRule.PREDECESSOR_KEPT);
        }
    }

    /**
     * {@code j} asks to join behind this member. If it is known from an earlier life only, it is not on the ring. Otherwise
     * the question may have come late, and j have joined since: that is for j to say.
     */
    void onJoining(long nowMillis, Position j) {
        if (!joined || is(j, self) || !is(j, successors.first()) || !ring.rules.dropsWhoIsNotMember()) {
            return;
        }
        if (ring.rules.isNewerLife(
                successors.first().owner().incarnation(), j.owner().incarnation())) {
            ring.count(RingRule.SUCCESSOR_NOT_MEMBER);
            dropFirst(nowMillis);
        } else {
            ring.count(RingRule.JOINED_ALREADY);
            stabilise(nowMillis);
        }
    }

    /** Tells the neighbours and is gone. */
    void leave() {
        if (!joined) {
            return;
        }
        for (Position neighbour : List.of(predecessor, successors.first())) {
            if (!is(neighbour, self)) {
                ring.tell(neighbour, new Notice.Leaving(neighbour.id(), self, predecessor));
            }
        }
        joined = false;
        ring.leave(this);
        ring.count(RingRule.LEFT);
        onChange();
    }

    /**
     * A neighbour left: the same as its death, known at once. If it names this very member as its predecessor there may still
     * be somebody in between who has not reported yet, so it stays the predecessor, like a dead one.
     */
    void onLeaving(long nowMillis, Position leaver, Position itsPredecessor) {
        if (!joined) {
            return;
        }
        if (is(leaver, predecessor) && !is(itsPredecessor, leaver) && !is(itsPredecessor, self)) {
            ring.count(RingRule.NEIGHBOUR_LEFT);
            setPredecessor(itsPredecessor);
        }
        if (is(leaver, successors.first()) && !is(leaver, self)) {
            ring.count(RingRule.NEIGHBOUR_LEFT);
            dropFirst(nowMillis);
        }
    }
}
