package io.chordata.node.history;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The search of Wing and Gong with nothing but Lowe's memory of what was tried: for few moves, and to hold {@link Search} against. */
final class PlainSearch {
    private static final int TRIED_MAX = 200_000;

    private final List<Move> moves;
    private final Set<Tried> tried = new HashSet<>();

    private record Tried(BitSet placed, int state) {}

    private PlainSearch(List<Move> moves) {
        this.moves = moves;
    }

    static Search.Answer run(int initial, List<Move> moves) {
        PlainSearch search = new PlainSearch(moves);
        boolean found = search.canGoOn(new BitSet(), initial);
        if (found) {
            return Search.Answer.YES;
        }
        return search.tried.size() < TRIED_MAX ? Search.Answer.NO : Search.Answer.UNDECIDED;
    }

    private boolean canGoOn(BitSet placed, int state) {
        long firstReturn = Move.OPEN;
        for (int i = placed.nextClearBit(0); i < moves.size(); i = placed.nextClearBit(i + 1)) {
            firstReturn = Math.min(firstReturn, moves.get(i).returned());
        }
        if (firstReturn == Move.OPEN) {
            return true;
        }
        if (tried.size() >= TRIED_MAX || !tried.add(new Tried((BitSet) placed.clone(), state))) {
            return false;
        }
        for (int i = placed.nextClearBit(0); i < moves.size(); i = placed.nextClearBit(i + 1)) {
            Move move = moves.get(i);
            if (move.invoked() < firstReturn && move.guard().holds(state)) {
                placed.set(i);
                boolean found = canGoOn(placed, move.isRead() ? state : move.effect());
                placed.clear(i);
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }
}
