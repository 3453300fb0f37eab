package io.chordata.node.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the moves can stand in one order that the register allows, each between its invocation and its return (Wing and Gong,
 * Testing and verifying concurrent objects, 1993). Events are taken as they came, and all configurations that an order may
 * have reached are kept, none twice; a move is placed when its return makes that necessary, and others before it only then
 * (Lowe, Testing for linearizability, 2017: just-in-time linearization). What follows spares work without losing an order that
 * matters:
 *
 * <ul>
 *   <li>A read is placed as soon as it is legal: it could be taken out of any later place.
 *   <li>Of writes that need and leave the same, the one that must return first goes first, and an answered one before a
 *       helper; of helpers that leave the same, the one that can do less. They could change places.
 *   <li>A version that was written once is not left while anybody still has to see it.
 *   <li>A version whose name nobody uses any more is {@link Guard#OTHER}.
 *   <li>A helper is placed only where it makes a move legal that was not; see {@link Problem}.
 *   <li>So is an unconditional write, by the same argument. But it did happen, so it cannot be taken out where the next move
 *       is a write that is legal without it: there it keeps a place, right before that write, and is <i>free</i> to be given
 *       another one where it is needed ({@link #overwritten}). And it must be placed by its return, perhaps to be seen by moves
 *       that were not invoked yet.
 * </ul>
 */
final class Search {
    private final long budget;
    private final Problem problem;
    private final Demand demand;
    private final Helpers helpers;
    private final Board board;
    private final SortedMap<Long, List<Integer>> namedUntil;
    private long spent;

    enum Answer {
        YES,
        NO,
        UNDECIDED
    }

    private record Event(long position, boolean returns, int move) {}

    /** What was tried in a configuration: others of the kind would be the same. */
    private record Tried(Guard guard, int effect, boolean free) {}

    /** @param budget configurations to look at before it gives up */
    Search(Problem problem, long budget) {
        this.problem = problem;
        this.budget = budget;
        demand = new Demand(problem);
        helpers = new Helpers(problem.open(), demand);
        board = new Board(problem, demand);
        namedUntil = demand.namedUntil();
    }

    Answer run() {
        List<Configuration> frontier = List.of(Configuration.initial(problem.initial()));
        for (Event event : events()) {
            board.advanceTo(event.position);
            if (!event.returns) {
                board.open(event.move);
                continue;
            }
            frontier = new Placing(event.move).from(renamed(frontier));
            board.close(event.move);
            if (spent > budget) {
                return Answer.UNDECIDED;
            }
            if (frontier.isEmpty()) {
                return Answer.NO;
            }
        }
        return Answer.YES;
    }

    /** How far it came: all that had returned before can stand in an order. */
    long position() {
        return board.now();
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        List<Move> moves = problem.certain();
        for (int move = 0; move < moves.size(); move++) {
            events.add(new Event(moves.get(move).invoked(), false, move));
            events.add(new Event(moves.get(move).returned(), true, move));
        }
        events.sort(Comparator.comparingLong(Event::position).thenComparing(Event::returns));
        return events;
    }

    private List<Configuration> renamed(List<Configuration> frontier) {
        SortedMap<Long, List<Integer>> past = namedUntil.headMap(board.now());
        if (past.isEmpty()) {
            return frontier;
        }
        past.values().forEach(versions -> versions.forEach(helpers::rename));
        past.clear();
        Configurations renamed = new Configurations(demand, helpers);
        for (Configuration each : frontier) {
            renamed.add(each.renamed(demand.canonical(each.state(), board.now()), helpers));
        }
        return renamed.list();
    }

    /** Finds all configurations in which one move has its place, from those before its return. */
    private final class Placing {
        private final int wanted;
        private final Configurations placed = new Configurations(demand, helpers);
        private final Configurations seen = new Configurations(demand, helpers);
        private final Deque<Configuration> left = new ArrayDeque<>();

        Placing(int wanted) {
            this.wanted = wanted;
        }

        List<Configuration> from(List<Configuration> frontier) {
            for (Configuration each : frontier) {
                Configuration settled = board.settle(each);
                if (settled.isFree(wanted)) {
                    placed.add(settled.without(wanted));
                }
                reach(settled);
            }
            while (!left.isEmpty() && spent <= budget) {
                Configuration from = left.pop();
                for (Configuration to : new Turn(from, wanted).all()) {
                    Configuration settled = board.settle(to);
                    if (settled.isFree(wanted) && !from.isFree(wanted)) {
                        placed.add(settled.without(wanted));
                    }
                    reach(settled);
                }
            }
            return placed.list();
        }

        private void reach(Configuration settled) {
            spent++;
            if (settled.isPlaced(wanted)) {
                placed.add(settled.without(wanted));
            } else if (seen.add(settled)) {
                left.push(settled);
            }
        }
    }

    /** The writes that may come next in one configuration. */
    private final class Turn {
        private final Configuration from;
        private final int wanted;
        private final int leaver;
        private final Set<Guard> needs;
        private final Set<Tried> tried = new HashSet<>();
        private final List<Configuration> next = new ArrayList<>();
        private @Nullable List<Helpers.Kind> available;

        Turn(Configuration from, int wanted) {
            this.from = from;
            this.wanted = wanted;
            leaver = board.leaver(from);
            needs = leaver == Board.NOBODY ? Set.of() : board.unmet(from);
        }

        List<Configuration> all() {
            if (leaver == Board.NOBODY) {
                return next;
            }
            if (!needs.isEmpty()) {
                available().stream()
                        .map(Helpers.Kind::guard)
                        .filter(guard -> !guard.holds(from.state()))
                        .forEach(needs::add);
            }
            board.writes().forEach(this::place);
            if (leaver == Board.ANYBODY && !needs.isEmpty()) {
                available().forEach(this::help);
            }
            return next;
        }

        private void place(int write) {
            Tried attempt = new Tried(board.guard(write), board.effect(write), from.isFree(write));
            if ((leaver == Board.ANYBODY || leaver == write)
                    && !from.isPlaced(write)
                    && attempt.guard.holds(from.state())
                    && !tried.contains(attempt)
                    && !board.isDeadEnd(write, wanted)
                    && (isDue(write) || isNeeded(attempt.effect))) {
                tried.add(attempt);
                overwritten(attempt.guard).forEach(before -> next.add(before.placing(write, attempt.effect)));
            }
        }

        /** It may be placed even if nobody needs it. */
        private boolean isDue(int write) {
            if (write != wanted) {
                return !board.isUnconditional(write);
            }
            return !from.isFree(write)
                    || demand.prefers(board.effect(write), from.state(), board.now())
                    || board.isAnyWaitingFor(board.effect(write), from);
        }

        private void help(Helpers.Kind kind) {
            if (kind.guard().holds(from.state())
                    && isNeeded(kind.effect())
                    && !tried.contains(new Tried(kind.guard(), kind.effect(), false))
                    && !tried.contains(new Tried(kind.guard(), kind.effect(), true))
                    && available().stream().noneMatch(other -> isLesser(other, kind))) {
                overwritten(kind.guard())
                        .forEach(before -> next.add(use(kind, before).leaving(kind.effect())));
            }
        }

        /** It can do the same now, and less at other times. */
        private boolean isLesser(Helpers.Kind other, Helpers.Kind kind) {
            return other != kind && other.guard().holds(from.state()) && other.isWithin(kind);
        }

        private boolean isNeeded(int state) {
            return needs.stream().anyMatch(need -> need.holds(state));
        }

        /**
         * What may have come right before a write with this guard: unconditional writes that leave what it needs, all of
         * them free; or one of those, or a helper, for good, and before that one all other unconditional writes.
         */
        private List<Configuration> overwritten(Guard guard) {
            List<Configuration> before = new ArrayList<>();
            before.add(board.overwrite(from, guard));
            if (board.isAnyWaiting(before.get(0))) {
                Configuration all = board.overwrite(from, Guard.ANY);
                board.covers(guard, from).forEach(cover -> before.add(all.placing(cover, from.state())));
                for (Helpers.Kind kind : available()) {
                    if (guard.holds(kind.effect())) {
                        addCovered(kind, all, before);
                    }
                }
            }
            return before;
        }

        private void addCovered(Helpers.Kind kind, Configuration all, List<Configuration> before) {
            if (kind.guard().equals(Guard.ANY)) {
                before.add(all.using(kind.number()));
            } else {
                board.covers(kind.guard(), from)
                        .forEach(cover -> before.add(use(kind, all.placing(cover, from.state()))));
            }
        }

        /** If the version that it needs is gone for good, then nobody could use it again anyway. */
        private Configuration use(Helpers.Kind kind, Configuration by) {
            boolean isGone =
                    kind.guard().isExact() && problem.isWrittenOnce(kind.guard().state());
            return isGone ? by : by.using(kind.number());
        }

        private List<Helpers.Kind> available() {
            if (available == null) {
                available = helpers.kinds().stream()
                        .filter(kind -> kind.isAvailable(from, board.now()))
                        .toList();
            }
            return available;
        }
    }
}
