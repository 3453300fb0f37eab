package io.chordata.node.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who asks for which state, and until when. Positions are those of the history. */
final class Demand {
    private final Problem problem;
    private final Map<Integer, Long> lastNeeded = new HashMap<>();
    private final Map<Integer, Long> namedUntil = new HashMap<>();
    private final Map<Guard, Long> askedUntil = new HashMap<>();
    private final Set<Integer> exact = new HashSet<>();
    private long deniedUntil = Long.MIN_VALUE;

    Demand(Problem problem) {
        this.problem = problem;
        problem.certain().forEach(this::add);
        problem.open().forEach(this::add);
    }

    private void add(Move move) {
        Guard guard = move.guard();
        askedUntil.merge(guard, move.returned(), Math::max);
        if (guard.namesVersion()) {
            namedUntil.merge(guard.state(), move.returned(), Math::max);
        }
        if (guard.isExact()) {
            exact.add(guard.state());
            if (move.isCertain()) {
                lastNeeded.merge(guard.state(), move.invoked(), Math::max);
            }
        }
        if (guard.kind() == Guard.Kind.NOT) {
            deniedUntil = Math.max(deniedUntil, move.returned());
        }
    }

    /** The state as it can be told from others by now. */
    int canonical(int state, long now) {
        return state < Guard.FIRST_VERSION || namedUntil.getOrDefault(state, Long.MIN_VALUE) >= now
                ? state
                : Guard.OTHER;
    }

    /** Versions by the last position at which they are not yet {@link Guard#OTHER}. */
    SortedMap<Long, List<Integer>> namedUntil() {
        SortedMap<Long, List<Integer>> versions = new TreeMap<>();
        namedUntil.forEach((version, until) ->
                versions.computeIfAbsent(until, unseen -> new ArrayList<>()).add(version));
        return versions;
    }

    /** The version was written once, and a move that is not invoked yet must find it. */
    boolean isPinned(int state, long now) {
        return problem.isWrittenOnce(state) && lastNeeded.getOrDefault(state, Long.MIN_VALUE) > now;
    }

    /** A write of this state may be overwritten at once, as far as others are concerned. */
    boolean isExpendable(int state) {
        return !lastNeeded.containsKey(state) || !problem.isWrittenOnce(state);
    }

    /** All that anybody can do in this state, they can do in {@link Guard#OTHER}. */
    boolean isWorseThanOther(int state) {
        return state >= Guard.FIRST_VERSION && !exact.contains(state);
    }

    /** Whether somebody, now or later, may need the one state where the other would not do. */
    boolean prefers(int state, int other, long now) {
        if (isAsked(Guard.is(state), now)) {
            return true;
        }
        return state != Guard.ABSENT
                && (other == Guard.ABSENT
                        ? isAsked(Guard.EXISTS, now) || deniedUntil >= now
                        : isAsked(Guard.not(other), now));
    }

    private boolean isAsked(Guard guard, long now) {
        return askedUntil.getOrDefault(guard, Long.MIN_VALUE) >= now;
    }
}
