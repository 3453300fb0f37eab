package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The finger table of one member. Finger k, counted from the farthest, stands for the points between 2^(127-k) and 2^(128-k)
 * behind the member: any position there serves, and the nearest by round trip is preferred; where nobody is there, it is the
 * next one after. Fingers that would not reach beyond the first successor are not kept.
 *
 * <p>They are repaired by lookups in turn: several per period until all of them came out as they were, then one per quiet
 * period, which mostly only asks whether the finger is there. Nothing depends on them but the length of lookups.
 */
final class Fingers {
    private static final int BITS = 128;
    private static final int REPAIRS_PER_PERIOD = 4;
    /** Of so many nodes the nearest is taken. */
    private static final int SAMPLE = 16;
    /** A finger that serves is looked for anew only once in so many turns. */
    private static final int TURNS_PER_SEARCH = 8;

    private final Ring ring;
    private final RingMember member;

    private @Nullable Position[] fingers = new @Nullable Position[0];
    private int next;
    private int turn;
    private boolean isChanging = true;
    private boolean changedThisTurn;
    private int repairs;
    private long nextMillis = Long.MAX_VALUE;

    Fingers(Ring ring, RingMember member) {
        this.ring = ring;
        this.member = member;
    }

    void begin(long nowMillis) {
        isChanging = true;
        nextMillis = nowMillis + ring.jittered(ring.options.busyPeriodMillis());
    }

    long nextMillis() {
        return nextMillis;
    }

    /** Whether a whole turn changed nothing. */
    boolean isSettled() {
        return !isChanging;
    }

    /** Those that are known, farthest first; unknown ones are left out. */
    List<Position> known() {
        List<Position> known = new ArrayList<>();
        for (Position finger : fingers) {
            if (finger != null) {
                known.add(finger);
            }
        }
        return known;
    }

    @Nullable
    Position get(int k) {
        return k < fingers.length ? fingers[k] : null;
    }

    /** How many fingers reach beyond the first successor. */
    int needed() {
        if (member.isAlone()) {
            return 0;
        }
        Uint128 gap = member.self().id().distanceTo(member.successors().first().id());
        int leadingZeros = gap.high() != 0
                ? Long.numberOfLeadingZeros(gap.high())
                : Long.SIZE + Long.numberOfLeadingZeros(gap.low());
        return Math.min(BITS, leadingZeros);
    }

    RingId start(int k) {
        return member.self().id().plus(powerOfTwo(BITS - 1 - k));
    }

    private RingId end(int k) {
        return k == 0 ? member.self().id() : start(k - 1);
    }

    private static Uint128 powerOfTwo(int exponent) {
        return exponent >= Long.SIZE ? new Uint128(1L << (exponent - Long.SIZE), 0) : new Uint128(0, 1L << exponent);
    }

    private boolean isInInterval(int k, RingId id) {
        return id.equals(start(k)) || id.isBetween(start(k), end(k));
    }

    void onPeriod(long nowMillis) {
        long period = isChanging ? ring.options.busyPeriodMillis() : ring.options.quietPeriodMillis();
        nextMillis = nowMillis + ring.jittered(period);
        fit();
        int due = Math.min(fingers.length, isChanging ? REPAIRS_PER_PERIOD - repairs : 1);
        for (int i = 0; i < due; i++) {
            repairNext(nowMillis);
        }
    }

    private void fit() {
        int needed = needed();
        if (needed != fingers.length) {
            fingers = Arrays.copyOf(fingers, needed);
            next = needed == 0 ? 0 : next % needed;
            ring.table.invalidate();
        }
        if (needed == 0) {
            isChanging = false;
        }
    }

    private void repairNext(long nowMillis) {
        int k = next;
        Position finger = fingers[k];
        boolean serves = finger != null && isInInterval(k, finger.id());
        if (serves && !isChanging && turn % TURNS_PER_SEARCH != 0) {
            ping(finger);
        } else {
            search(nowMillis, k);
        }
        next++;
        if (next == fingers.length) {
            endTurn();
        }
    }

    private void endTurn() {
        next = 0;
        turn++;
        isChanging = changedThisTurn;
        changedThisTurn = false;
    }

    /** Whether it is there is the concern of whoever keeps the questions. */
    private void ping(Position finger) {
        ring.ask(finger.owner(), new Question.Ping(), new Asker() {
            @Override
            public void onAnswer(long now, Answer answer) {}

            @Override
            public void onSilence(long now) {}
        });
    }

    private void search(long nowMillis, int k) {
        repairs++;
        ring.lookups.find(nowMillis, start(k), (now, result) -> {
            repairs--;
            if (result instanceof LookupResult.Found found && member.isJoined() && k < fingers.length) {
                set(k, choose(k, found));
            }
        });
    }

    private void set(int k, @Nullable Position chosen) {
        Position before = fingers[k];
        fingers[k] = chosen;
        boolean isSame =
                before == null ? chosen == null : chosen != null && before.id().equals(chosen.id());
        if (!isSame) {
            ring.count(RingRule.FINGER_CHANGED);
            ring.table.invalidate();
            isChanging = true;
            changedThisTurn = true;
        }
    }

    /** Proximity neighbour selection: of the positions in the interval the one that answered fastest so far. */
    private @Nullable Position choose(int k, LookupResult.Found found) {
        if (ring.isSelf(found.owner()) || !isInInterval(k, found.owner().id())) {
            return ring.isSelf(found.owner()) ? null : found.owner();
        }
        Position best = found.owner();
        long bestMillis = ring.known.roundTripMillis(best.owner().node());
        int seen = 1;
        for (Position other : found.successors()) {
            if (seen++ == SAMPLE || !isInInterval(k, other.id())) {
                break;
            }
            long millis = ring.known.roundTripMillis(other.owner().node());
            if (millis == KnownNodes.UNMEASURED && !ring.isSelf(other)) {
                ping(other);
            } else if (millis < bestMillis && !ring.isSelf(other)) {
                ring.count(RingRule.FINGER_NEARER_NODE);
                best = other;
                bestMillis = millis;
            }
        }
        return best;
    }

    void onNodeDead(long nowMillis, NodeId node) {
        for (int k = 0; k < fingers.length; k++) {
            Position finger = fingers[k];
            if (finger != null && finger.owner().node().equals(node)) {
                fingers[k] = null;
                isChanging = true;
                changedThisTurn = true;
                ring.count(RingRule.FINGER_DEAD);
                ring.table.invalidate();
                nextMillis = Math.min(nextMillis, nowMillis + ring.jittered(ring.options.busyPeriodMillis()));
            }
        }
    }
}
