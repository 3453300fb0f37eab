package io.chordata.node.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The moves that must be put in order, and those without an answer that may help. The reductions below make histories with
 * many unknown outcomes tractable; each keeps the verdict as it is.
 *
 * <p><b>A helper comes right before its need.</b> Take any order that explains the history, and in it a move <i>w</i> without
 * an answer. If the next move <i>y</i> would be legal without <i>w</i> too, then <i>w</i> can go: where <i>y</i> is a write,
 * what <i>w</i> left is overwritten unseen, and <i>w</i> is taken out; where <i>y</i> is a read, <i>w</i> moves behind it, which
 * its open end allows, and its own need as well, for <i>y</i> changed nothing. At the end of the order it is taken out. Each
 * step shortens the order or moves a <i>w</i> nearer to its end, so this ends, and then each <i>w</i> that is left stands right
 * before a move that is illegal in the state before <i>w</i> and legal in the state after it.
 *
 * <ul>
 *   <li><b>Left out</b> is a move without an answer if what it leaves makes no other move legal that is still in: by the above
 *       it is needed nowhere. So go unknown puts of a version that nobody read or asked for, but only if nobody was told "there
 *       is something" (a 412) either, since any version explains that; unknown deletes go only if nobody found the key missing.
 *       Taking one out may free another, so this is repeated.
 *   <li><b>Made certain</b> is a move without an answer if it is the only one that can have left a version that an answered
 *       move needs by name: it did happen, and before the first of those returned.
 * </ul>
 */
final class Problem {
    private final int initial;
    private final List<Move> certain = new ArrayList<>();
    private final List<Move> open = new ArrayList<>();
    private final Map<Integer, Integer> writers = new HashMap<>();

    private Problem(int initial, List<Move> moves) {
        this.initial = initial;
        writers.merge(initial, 1, Integer::sum);
        for (Move move : moves) {
            (move.isCertain() ? certain : open).add(move);
            writers.merge(move.effect(), 1, Integer::sum);
        }
    }

    static Problem of(int initial, List<Move> moves) {
        Problem problem = new Problem(initial, moves);
        problem.makeCertain();
        problem.leaveOut();
        problem.certain.sort(Comparator.comparingLong(Move::invoked));
        problem.open.sort(Comparator.comparingLong(Move::invoked));
        return problem;
    }

    int initial() {
        return initial;
    }

    /** Moves that happened, in the order invoked. */
    List<Move> certain() {
        return certain;
    }

    /** Moves that may help, in the order invoked. */
    List<Move> open() {
        return open;
    }

    /** Whether a version cannot come back once it was overwritten. */
    boolean isWrittenOnce(int state) {
        return state >= Guard.FIRST_VERSION && writers.getOrDefault(state, 0) == 1;
    }

    private void makeCertain() {
        Map<Integer, Long> deadlines = new HashMap<>();
        certain.forEach(move -> need(deadlines, move));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Move move : List.copyOf(open)) {
                if (deadline(move, deadlines) != null) {
                    open.remove(move);
                    certain.add(move);
                }
            }
            for (int i = certain.size() - 1; i >= 0; i--) {
                Move move = certain.get(i);
                Long deadline = deadline(move, deadlines);
                if (deadline != null && deadline < move.returned()) {
                    certain.set(i, move.certainUntil(deadline));
                }
                changed |= need(deadlines, certain.get(i));
            }
        }
    }

    /** Whether a version is needed earlier than was known. */
    private static boolean need(Map<Integer, Long> deadlines, Move move) {
        if (!move.guard().isExact()) {
            return false;
        }
        Long before = deadlines.get(move.guard().state());
        if (before != null && before <= move.returned()) {
            return false;
        }
        deadlines.put(move.guard().state(), move.returned());
        return true;
    }

    private @Nullable Long deadline(Move move, Map<Integer, Long> deadlines) {
        return isWrittenOnce(move.effect()) ? deadlines.get(move.effect()) : null;
    }

    private void leaveOut() {
        boolean changed = true;
        while (changed) {
            Needs needs = new Needs(Stream.concat(certain.stream(), open.stream()));
            changed = open.removeIf(move -> !needs.helps(move.guard(), move.effect()));
        }
    }

    /** What all moves need, sorted out. */
    private static final class Needs {
        private final Set<Integer> exact = new HashSet<>();
        private final Set<Integer> not = new HashSet<>();
        private boolean exists;

        Needs(Stream<Move> moves) {
            moves.map(Move::guard).forEach(guard -> {
                switch (guard.kind()) {
                    case IS -> exact.add(guard.state());
                    case NOT -> not.add(guard.state());
                    case EXISTS -> exists = true;
                    case ANY, NEVER -> {}
                }
            });
        }

        /** Whether there is a need that holds in the state left, but not in every state that the move can start from. */
        boolean helps(Guard from, int left) {
            if (exact.contains(left) && !from.equals(Guard.is(left))) {
                return true;
            }
            if (left == Guard.ABSENT) {
                return false;
            }
            return (exists && from.holds(Guard.ABSENT))
                    || not.stream()
                            .anyMatch(denied -> denied != left && (from.holds(Guard.ABSENT) || from.holds(denied)));
        }
    }
}
