package io.chordata.node.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answered moves that are under way at one position, and what each configuration makes of them. */
final class Board {
    /** {@link #leaver}: any write may overwrite the state. */
    static final int ANYBODY = -1;

    /** {@link #leaver}: no write may. */
    static final int NOBODY = -2;

    private final Problem problem;
    private final Demand demand;
    private final List<Move> moves;
    private final List<Integer> reads = new ArrayList<>();

    /** By their return: the one that must come first stands first. */
    private final List<Integer> writes = new ArrayList<>();

    private long now;

    Board(Problem problem, Demand demand) {
        this.problem = problem;
        this.demand = demand;
        this.moves = problem.certain();
    }

    void advanceTo(long position) {
        now = position;
    }

    long now() {
        return now;
    }

    void open(int move) {
        if (moves.get(move).isRead()) {
            reads.add(move);
            return;
        }
        int at = writes.size();
        while (at > 0
                && moves.get(writes.get(at - 1)).returned() > moves.get(move).returned()) {
            at--;
        }
        writes.add(at, move);
    }

    void close(int move) {
        (moves.get(move).isRead() ? reads : writes).remove((Integer) move);
    }

    Iterable<Integer> writes() {
        return writes;
    }

    Guard guard(int move) {
        return moves.get(move).guard();
    }

    boolean isUnconditional(int write) {
        return moves.get(write).isUnconditional();
    }

    int effect(int write) {
        return demand.canonical(moves.get(write).effect(), now);
    }

    /** Reads that are legal have their place here, and writes that change nothing may have it. */
    Configuration settle(Configuration configuration) {
        Configuration settled = configuration;
        int state = configuration.state();
        for (int read : reads) {
            if (guard(read).holds(state) && !configuration.isPlaced(read)) {
                settled = settled.placing(read, state);
            }
        }
        if (demand.isExpendable(state)) {
            for (int write : writes) {
                if (effect(write) == state && isWaiting(write, configuration)) {
                    settled = settled.freeing(write);
                }
            }
        }
        return settled;
    }

    /** Right before a write with this guard, others may have had their place. */
    Configuration overwrite(Configuration configuration, Guard guard) {
        Configuration freed = configuration;
        for (int write : writes) {
            if (isWaiting(write, configuration) && guard.holds(effect(write))) {
                freed = freed.freeing(write);
            }
        }
        return freed;
    }

    /** It has no place, and would have one wherever it can be overwritten. */
    private boolean isWaiting(int write, Configuration configuration) {
        return moves.get(write).isUnconditional() && demand.isExpendable(effect(write)) && !configuration.has(write);
    }

    boolean isAnyWaiting(Configuration configuration) {
        for (int write : writes) {
            if (isWaiting(write, configuration)) {
                return true;
            }
        }
        return false;
    }

    /** For each state that the guard admits, the unconditional write of it that must return first. */
    Collection<Integer> covers(Guard guard, Configuration configuration) {
        Map<Integer, Integer> covers = new LinkedHashMap<>();
        for (int write : writes) {
            if (moves.get(write).isUnconditional()
                    && guard.holds(effect(write))
                    && demand.isExpendable(effect(write))
                    && !configuration.isPlaced(write)) {
                covers.putIfAbsent(effect(write), write);
            }
        }
        return covers.values();
    }

    /** Whether there is one that could have its place right before an unconditional write of this state. */
    boolean isAnyWaitingFor(int state, Configuration configuration) {
        for (int write : writes) {
            if (isWaiting(write, configuration) && effect(write) != state) {
                return true;
            }
        }
        return false;
    }

    /** A version written once is overwritten by nobody before all have seen it, and then by who needs it, if there is one. */
    int leaver(Configuration configuration) {
        int state = configuration.state();
        if (!problem.isWrittenOnce(state)) {
            return ANYBODY;
        }
        if (demand.isPinned(state, now)) {
            return NOBODY;
        }
        int leaver = ANYBODY;
        for (int write : writes) {
            if (guard(write).equals(Guard.is(state)) && !configuration.isPlaced(write)) {
                if (leaver != ANYBODY) {
                    return NOBODY;
                }
                leaver = write;
            }
        }
        return leaver;
    }

    /** The version written could not be left before the wanted move must have its place. */
    boolean isDeadEnd(int write, int wanted) {
        return write != wanted
                && demand.isPinned(effect(write), now)
                && !(moves.get(wanted).isRead() && guard(wanted).holds(effect(write)));
    }

    /** What moves under way need and do not find. */
    Set<Guard> unmet(Configuration configuration) {
        Set<Guard> unmet = new LinkedHashSet<>();
        for (int read : reads) {
            addUnmet(read, configuration, unmet);
        }
        for (int write : writes) {
            addUnmet(write, configuration, unmet);
        }
        return unmet;
    }

    private void addUnmet(int move, Configuration configuration, Set<Guard> unmet) {
        if (!guard(move).holds(configuration.state()) && !configuration.has(move)) {
            unmet.add(guard(move));
        }
    }
}
