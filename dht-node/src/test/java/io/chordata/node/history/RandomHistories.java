package io.chordata.node.history;

import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short histories of which nobody knows whether they are right: right ones, of which some outcomes were changed. */
final class RandomHistories {
    private static final int CHANGES_MAX = 3;

    private RandomHistories() {}

    /** @param operationsMax in the history */
    static KeyHistory of(long seed, int operationsMax) {
        SimRandom random = new SimRandom(seed);
        int keys = random.chance(0.2) ? 2 : 1;
        int operations = operationsMax / 2 + random.nextInt(operationsMax / 2 + 1);
        KeyHistory right = right(random, operations * keys, keys, random.nextInt(4) * 0.15);
        List<Entry> entries =
                right.entries().subList(0, Math.min(right.entries().size(), operationsMax));
        return changed(right.with(entries), random);
    }

    /** One with a lone get in it, before which everything has returned and is known. */
    static KeyHistory inTwoWindows(long seed) {
        SimRandom random = new SimRandom(seed);
        List<Entry> first = right(random, 1 + random.nextInt(7), 1, 0).entries();
        long position = 1 + first.stream().mapToLong(Entry::returned).max().orElse(0);
        @Nullable Version seen = lastWritten(first, random);
        List<Entry> entries = new ArrayList<>(first);
        entries.add(new Entry(
                "cut",
                Operation.get(),
                seen == null ? Outcome.MISSING : Outcome.seen(seen),
                position,
                position + 1,
                0,
                0));
        for (Entry entry : right(random, 1 + random.nextInt(7), 1, 0.2).entries()) {
            entries.add(later(entry, position + 1));
        }
        return changed(new KeyHistory("key", null, entries), random);
    }

    /** The same, cut behind the lone get. */
    static List<KeyHistory> windows(KeyHistory whole) {
        List<Entry> entries = whole.entries();
        int cut = cut(entries);
        Version seen = entries.get(cut).outcome().version();
        return List.of(
                new KeyHistory("first", null, entries.subList(0, cut + 1)),
                new KeyHistory("second", seen, entries.subList(cut + 1, entries.size())));
    }

    /** The place of the lone get; -1 if there is none. */
    private static int cut(List<Entry> entries) {
        return entries.stream().map(Entry::client).toList().indexOf("cut");
    }

    private static KeyHistory right(SimRandom random, int operations, int keys, double unknown) {
        GoodHistories.Mix mix = keys > 1 ? GoodHistories.Mix.COPIES : GoodHistories.Mix.ALL;
        GoodHistories.Shape shape =
                new GoodHistories.Shape(2 + random.nextInt(5), operations, keys, unknown, 3 + random.nextInt(30), mix);
        List<KeyHistory> histories = GoodHistories.of(random.nextLong(), shape);
        return histories.get(0);
    }

    private static @Nullable Version lastWritten(List<Entry> entries, SimRandom random) {
        return entries.isEmpty()
                ? null
                : entries.get(Math.max(0, entries.size() - 1 - random.nextInt(2)))
                        .operation()
                        .writes();
    }

    /** Bodies are new ones, too. */
    private static Entry later(Entry entry, long by) {
        Version writes = entry.operation().writes();
        Operation operation = entry.operation();
        return new Entry(
                entry.client(),
                writes == null
                        ? operation
                        : new Operation(operation.kind(), renamed(writes), operation.condition(), operation.other()),
                entry.outcome().version() == null
                        ? entry.outcome()
                        : Outcome.seen(renamed(entry.outcome().version())),
                entry.invoked() + by,
                entry.returned() + by,
                0,
                0);
    }

    private static Version renamed(Version version) {
        return new Version(version.body() + "'", version.eTag() + "'");
    }

    private static KeyHistory changed(KeyHistory history, SimRandom random) {
        List<Version> versions = new ArrayList<>(List.of(Version.plain("nobody's")));
        history.entries().stream()
                .map(entry -> entry.operation().writes())
                .filter(version -> version != null)
                .forEach(versions::add);
        List<Entry> entries = new ArrayList<>(history.entries());
        for (int changes = random.nextInt(CHANGES_MAX + 1); changes > 0 && !entries.isEmpty(); changes--) {
            int place = random.nextInt(entries.size());
            Entry entry = entries.get(place);
            Version version = versions.get(random.nextInt(versions.size()));
            Outcome outcome = outcome(entry.operation(), version, random);
            boolean reachesAcross = place < cut(entries) && outcome.equals(Outcome.UNKNOWN);
            if (place != cut(entries) && !reachesAcross) {
                entries.set(place, entry.with(outcome));
            }
        }
        return history.with(entries);
    }

    private static Outcome outcome(Operation operation, Version version, SimRandom random) {
        List<Outcome> outcomes = switch (operation.kind()) {
            case GET -> List.of(Outcome.MISSING, Outcome.seen(version), Outcome.seen(version));
            case HEAD -> List.of(Outcome.MISSING, Outcome.seenETag(version.eTag()));
            case COPY, COPY_SOURCE -> List.of(Outcome.DONE, Outcome.CONDITION_FAILED, Outcome.UNKNOWN);
            case PUT, COMPLETE, DELETE ->
                operation.condition().equals(Condition.NONE)
                        ? List.of(Outcome.DONE, Outcome.UNKNOWN)
                        : List.of(
                                Outcome.DONE,
                                Outcome.CONDITION_FAILED,
                                Outcome.MISSING,
                                Outcome.UNKNOWN,
                                Outcome.REFUSED);
        };
        return outcomes.get(random.nextInt(outcomes.size()));
    }
}
