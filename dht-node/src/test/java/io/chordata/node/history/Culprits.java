package io.chordata.node.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds a few moves of many that contradict each other by themselves. What is taken out leaves the rest in order, if there is
 * an order at all:
 *
 * <ul>
 *   <li>a read;
 *   <li>all moves that leave or need by name one of some states, if those that need one of them leave one of them, too: whoever
 *       is left finds what was left for it, for nothing but overwritten states lie between;
 *   <li>that holds for needs by name. Others (there is something, whatever it is) are waived first.
 * </ul>
 */
final class Culprits {
    private final int initial;
    private final long budget;
    private List<Move> moves;

    Culprits(int initial, List<Move> moves, long budget) {
        this.initial = initial;
        this.moves = moves;
        this.budget = budget;
    }

    List<Move> find() {
        if (keepIfBad(moves.stream()
                .filter(Culprits::needsByName)
                .map(Culprits::waived)
                .toList())) {
            Set<Integer> states = new TreeSet<>();
            moves.forEach(move -> states.addAll(states(move)));
            thinOut(List.copyOf(states), this::withoutStates);
        }
        thinOut(moves.stream().filter(Move::isRead).toList(), this::without);
        return moves;
    }

    private static boolean needsByName(Move move) {
        return !move.isRead()
                || move.guard().kind() == Guard.Kind.IS
                || move.guard().kind() == Guard.Kind.NEVER;
    }

    private static Move waived(Move move) {
        return move.isRead() || move.guard().kind() == Guard.Kind.IS ? move : move.with(Guard.ANY, move.effect());
    }

    private static Set<Integer> states(Move move) {
        Set<Integer> states = new HashSet<>();
        if (!move.isRead()) {
            states.add(move.effect());
        }
        if (move.guard().kind() == Guard.Kind.IS) {
            states.add(move.guard().state());
        }
        return states;
    }

    /** Takes out as much as it can, first in large pieces, then in smaller ones. */
    private <T> void thinOut(List<T> all, Thinner<T> thinner) {
        List<T> left = all;
        for (int size = Math.max(1, all.size() / 2); size > 0; size /= 2) {
            List<T> kept = new ArrayList<>();
            for (int from = 0; from < left.size(); from += size) {
                List<T> piece = left.subList(from, Math.min(left.size(), from + size));
                if (!keepIfBad(thinner.without(piece))) {
                    kept.addAll(piece);
                }
            }
            left = kept;
        }
    }

    private interface Thinner<T> {
        List<Move> without(List<T> piece);
    }

    private List<Move> without(List<Move> reads) {
        Set<Move> out = new HashSet<>(reads);
        return moves.stream().filter(move -> !out.contains(move)).toList();
    }

    private List<Move> withoutStates(List<Integer> states) {
        Set<Integer> out = new HashSet<>(states);
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Move move : moves) {
                if (!move.isRead() && !out.contains(move.effect()) && out.contains(needed(move))) {
                    grows |= out.add(move.effect());
                }
            }
        }
        return moves.stream()
                .filter(move -> states(move).stream().noneMatch(out::contains))
                .toList();
    }

    private static int needed(Move move) {
        return move.guard().kind() == Guard.Kind.IS ? move.guard().state() : Move.NOTHING;
    }

    private boolean keepIfBad(List<Move> fewer) {
        boolean isBad = fewer.size() < moves.size() || !fewer.equals(moves)
                ? new Search(Problem.of(initial, fewer), budget).run() == Search.Answer.NO
                : true;
        if (isBad) {
            moves = fewer;
        }
        return isBad;
    }
}
