package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The finger table of one member. Finger k, counted from the farthest, stands for the points between 2^(127-k) and 2^(128-k)
 * behind the member: any position there serves, and the nearest by round trip is preferred; where nobody is there, it is the
 * next one after. Fingers that would not reach beyond the first successor are not kept.
 *
 * <p>Those that lie beyond the successor list are gone through in turn. While anything changes, those that do not serve are
 * looked up, until a whole turn changed nothing. Then one follows per quiet period, and one that serves is mostly only asked
 * whether it is there, unless the directory watches over its node anyway. Nothing depends on them but the length of lookups.
 */
final class Fingers {
    private static final int BITS = 128;
    private static final int REPAIRS_MAX = 4;
    /** Of so many nodes the nearest is taken. */
    private static final int SAMPLE = 16;
    /** Another node must be so many times as near to be preferred. */
    private static final int CLEARLY_NEARER = 2;
    /** And by so much: within one network everybody is near. */
    private static final long NOTICEABLE_MICROS = 1_000;

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
        wakeAt(nowMillis + ring.jittered(ring.options.busyPeriodMillis()));
        onListChanged(nowMillis);
    }

    long nextMillis() {
        return nextMillis;
    }

    private void wakeAt(long millis) {
        nextMillis = millis;
        ring.onTimer();
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
        wakeAt(
                isChanging
                        ? nowMillis + ring.jittered(ring.options.busyPeriodMillis())
                        : ring.nextQuietRound(nowMillis));
        int far = followList();
        isChanging &= far > 0;
        if (isChanging) {
            seekWhatIsMissing(nowMillis, far);
        } else if (far > 0) {
            repairNext(nowMillis, far);
        }
    }

    /** To pass over those that serve costs nothing, so nearly always this is a whole turn. */
    private void seekWhatIsMissing(long nowMillis, int far) {
        for (int i = 0; i < far && isChanging && repairs < REPAIRS_MAX; i++) {
            int k = Math.min(next, far - 1);
            if (!serves(k, fingers[k])) {
                search(nowMillis, k);
            }
            pass(k, far);
        }
    }

    /** How many fingers, of the farthest, lie beyond the successor list. */
    private int far() {
        int far = 0;
        while (far < fingers.length && !isReached(start(far))) {
            far++;
        }
        return far;
    }

    private void fit() {
        int needed = needed();
        if (needed != fingers.length) {
            fingers = Arrays.copyOf(fingers, needed);
            ring.table.invalidate();
        }
    }

    /**
     * As far as the list reaches it says who stands where, and it is kept up to date anyway. So the fingers near the member,
     * whose intervals are the ones that a single join can fill, follow the list and need no repair.
     */
    void onListChanged(long nowMillis) {
        followList();
        hurry(nowMillis);
    }

    /** @return how many fingers lie beyond it */
    private int followList() {
        fit();
        int far = far();
        for (int k = far; k < fingers.length; k++) {
            Position finger = fingers[k];
            if (finger == null || !serves(k, finger) || !member.successors().names(finger.id())) {
                fingers[k] = firstFrom(k);
                ring.table.invalidate();
            }
        }
        return far;
    }

    /** Whoever comes and goes nearby may do so further away, too. */
    private void hurry(long nowMillis) {
        isChanging = true;
        changedThisTurn = true;
        wakeAt(Math.min(nextMillis, nowMillis + ring.jittered(ring.options.busyPeriodMillis())));
    }

    private boolean isReached(RingId start) {
        RingId last = member.successors().last().id();
        return start.equals(last) || start.isBetween(member.self().id(), last);
    }

    /** The own node's positions are no fingers, as it knows them anyway. */
    private @Nullable Position firstFrom(int k) {
        boolean isFirst = true;
        for (Position entry : member.successors().entries()) {
            if (entry.id().isBetween(member.self().id(), start(k))) {
                continue;
            }
            if (!ring.isSelf(entry)) {
                return isFirst || isInInterval(k, entry.id()) ? entry : null;
            }
            isFirst = false;
        }
        return null;
    }

    private void repairNext(long nowMillis, int far) {
        int k = Math.min(next, far - 1);
        Position finger = fingers[k];
        if (finger == null || !serves(k, finger) || turn % TURNS_PER_SEARCH == 0) {
            search(nowMillis, k);
        } else if (!ring.directory.watches(finger.owner())) {
            ping(finger);
        }
        pass(k, far);
    }

    private void pass(int k, int far) {
        next = k + 1;
        if (next == far) {
            endTurn();
        }
    }

    private void endTurn() {
        next = 0;
        turn += isChanging ? 0 : 1;
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
        if (isSame) {
            return;
        }
        ring.count(RingRule.FINGER_CHANGED);
        ring.table.invalidate();
        if (!serves(k, before) || !serves(k, chosen)) {
            isChanging = true;
            changedThisTurn = true;
        }
    }

    /** One that serves is as right as any other that does: to change between them is no reason to look again. */
    private boolean serves(int k, @Nullable Position finger) {
        return finger != null && isInInterval(k, finger.id());
    }

    /**
     * Proximity neighbour selection: of the positions in the interval the one that is clearly nearer than the one that there
     * is. Round trips vary, and whoever follows each of them never comes to rest.
     */
    private @Nullable Position choose(int k, LookupResult.Found found) {
        List<Position> sample = sample(k, found);
        if (sample.isEmpty()) {
            return ring.isSelf(found.owner()) ? null : found.owner();
        }
        Position best = keepOr(k, sample.get(0));
        long bestMicros = ring.known.roundTripMicros(best.owner().node());
        for (Position other : sample) {
            long micros = ring.known.roundTripMicros(other.owner().node());
            if (micros == KnownNodes.UNMEASURED) {
                ping(other);
            } else if (micros < bestMicros / CLEARLY_NEARER && bestMicros - micros >= NOTICEABLE_MICROS) {
                ring.count(RingRule.FINGER_NEARER_NODE);
                best = other;
                bestMicros = micros;
            }
        }
        return best;
    }

    /** The finger that there is, if it serves; whether it is still alive the lookup did not tell. */
    private Position keepOr(int k, Position found) {
        Position finger = fingers[k];
        if (finger == null || !serves(k, finger)) {
            return found;
        }
        if (!finger.id().equals(found.id())) {
            ping(finger);
        }
        return finger;
    }

    /** Positions of other nodes in the interval, nearest to its start first. */
    private List<Position> sample(int k, LookupResult.Found found) {
        return Stream.concat(Stream.of(found.owner()), found.successors().stream())
                .takeWhile(position -> isInInterval(k, position.id()))
                .limit(SAMPLE)
                .filter(position -> !ring.isSelf(position))
                .toList();
    }

    void onNodeDead(long nowMillis, NodeId node) {
        for (int k = 0; k < fingers.length; k++) {
            Position finger = fingers[k];
            if (finger != null && finger.owner().node().equals(node)) {
                fingers[k] = null;
                ring.count(RingRule.FINGER_DEAD);
                ring.table.invalidate();
                hurry(nowMillis);
            }
        }
    }
}
