package io.chordata.node.history;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether one key's history is that of a single register that does one thing at a time, each between its request and its answer
 * (Herlihy and Wing, Linearizability, 1990). What has no answer may happen at any time after its request, or never.
 *
 * <p>A history that is not gets its shortest prefix found that is not either, and of that a few operations that contradict each
 * other by themselves. Those are held against the definition once more, without any of the reductions that make long histories
 * tractable.
 */
public final class Linearizability {
    private static final long BUDGET = 3_000_000;

    private final long budget;

    private Linearizability(long budget) {
        this.budget = budget;
    }

    public static Verdict check(KeyHistory history) {
        return check(history, BUDGET);
    }

    /** @param budget configurations to look at before it is undecided; each takes some microseconds */
    static Verdict check(KeyHistory history, long budget) {
        return new Linearizability(budget).decide(history);
    }

    private Verdict decide(KeyHistory history) {
        Moves moves = Moves.of(history);
        Search search = new Search(Problem.of(moves.initial(), moves.list()), budget);
        return switch (search.run()) {
            case YES -> Verdict.LINEARIZABLE;
            case UNDECIDED ->
                new Verdict(
                        Verdict.Kind.UNDECIDED,
                        history.key() + ": more than " + budget + " configurations; it came to position "
                                + search.position() + " of " + history.entries().size() + " operations");
            case NO -> explain(history, search.position());
        };
    }

    private Verdict explain(KeyHistory history, long position) {
        KeyHistory prefix = shortestPrefix(history, position);
        Moves moves = Moves.of(prefix);
        List<Move> culprits = new Culprits(moves.initial(), moves.list(), budget).find();
        List<Entry> entries = culprits.stream()
                .map(move -> prefix.entries().get(move.entry()))
                .toList();
        String text = history.key() + ": the first " + prefix.entries().size() + " of "
                + history.entries().size() + " operations cannot be put in one order, and in them not even these:\n"
                + TimeLine.of(history.initial(), entries);
        return switch (PlainSearch.run(moves.initial(), culprits)) {
            case NO -> new Verdict(Verdict.Kind.NOT_LINEARIZABLE, text);
            case UNDECIDED -> new Verdict(Verdict.Kind.NOT_LINEARIZABLE, text + "(too many to be tried one by one)\n");
            case YES ->
                new Verdict(
                        Verdict.Kind.UNDECIDED, "but they can, tried one by one: the checker is wrong about " + text);
        };
    }

    /** The search came to this position, so shorter ones are fine; longer ones are tried in growing steps. */
    private KeyHistory shortestPrefix(KeyHistory history, long position) {
        SortedSet<Long> returns = new TreeSet<>();
        history.entries().stream()
                .map(Entry::returned)
                .filter(each -> each >= position)
                .forEach(returns::add);
        List<Long> ends = List.copyOf(returns);
        int good = -1;
        int bad = 0;
        while (bad < ends.size() - 1 && !isBad(history.until(ends.get(bad)))) {
            good = bad;
            bad = Math.min(ends.size() - 1, 2 * bad + 1);
        }
        while (bad - good > 1) {
            int middle = (good + bad) / 2;
            if (isBad(history.until(ends.get(middle)))) {
                bad = middle;
            } else {
                good = middle;
            }
        }
        return ends.isEmpty() ? history : history.until(ends.get(bad));
    }

    private boolean isBad(KeyHistory history) {
        Moves moves = Moves.of(history);
        return new Search(Problem.of(moves.initial(), moves.list()), budget).run() == Search.Answer.NO;
    }
}
