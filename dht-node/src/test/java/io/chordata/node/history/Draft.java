package io.chordata.node.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A history written down by hand, or one that was recorded and gets something added. Positions are the caller's. */
final class Draft {
    private final KeyHistory base;
    private final List<Entry> entries = new ArrayList<>();

    Draft() {
        this(new KeyHistory("key", null, List.of()));
    }

    Draft(KeyHistory base) {
        this.base = base;
        entries.addAll(base.entries());
    }

    static Version version(String name) {
        return Version.plain(name);
    }

    static Operation put(String name) {
        return Operation.put(version(name), Condition.NONE);
    }

    static Operation create(String name) {
        return Operation.put(version(name), Condition.IF_NONE_MATCH);
    }

    static Operation replace(String old, String name) {
        return Operation.put(version(name), Condition.ifMatch(old));
    }

    static Operation delete() {
        return Operation.delete(Condition.NONE);
    }

    static Outcome seen(String name) {
        return Outcome.seen(version(name));
    }

    Draft add(long invoked, long returned, Operation operation, Outcome outcome) {
        entries.add(new Entry("c" + entries.size(), operation, outcome, invoked, returned, invoked, returned));
        return this;
    }

    /** One after the other, from this position on, with nothing between. */
    Draft addInTurn(long from, Step... steps) {
        long position = from;
        for (Step step : steps) {
            add(position, position + 1, step.operation, step.outcome);
            position += 2;
        }
        return this;
    }

    record Step(Operation operation, Outcome outcome) {}

    static Step did(Operation operation) {
        return new Step(operation, Outcome.DONE);
    }

    static Step mayHaveDone(Operation operation) {
        return new Step(operation, Outcome.UNKNOWN);
    }

    static Step saw(String name) {
        return new Step(Operation.get(), seen(name));
    }

    static Step sawNothing() {
        return new Step(Operation.get(), Outcome.MISSING);
    }

    static Step failed(Operation operation) {
        return new Step(operation, Outcome.CONDITION_FAILED);
    }

    KeyHistory history() {
        return base.with(entries.stream()
                .sorted(Comparator.comparingLong(Entry::invoked))
                .toList());
    }
}
