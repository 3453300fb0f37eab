package io.chordata.node.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key's history as moves of a register. Outcomes become needs: a 412 to {@code If-None-Match: *} is a read that saw that
 * something is there. What says nothing (refused, reads without an answer) is left out.
 */
final class Moves {
    private final Map<String, Integer> states = new HashMap<>();
    private final Map<Integer, Version> written = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();
    private final int initial;
    private int nextState = Guard.FIRST_VERSION;

    private Moves(KeyHistory history) {
        initial = write(history.initial());
        for (Entry entry : history.entries()) {
            if (entry.outcome().kind() != Outcome.Kind.REFUSED) {
                write(entry.operation().writes());
            }
        }
        for (int number = 0; number < history.entries().size(); number++) {
            translate(number, history.entries().get(number)).ifPresent(moves::add);
        }
    }

    static Moves of(KeyHistory history) {
        return new Moves(history);
    }

    List<Move> list() {
        return moves;
    }

    int initial() {
        return initial;
    }

    private int write(@Nullable Version version) {
        if (version == null) {
            return Guard.ABSENT;
        }
        int state = named(version.eTag());
        Version other = written.putIfAbsent(state, version);
        if (other != null && !other.equals(version)) {
            throw new IllegalArgumentException("two bodies with one ETag: " + other + ", " + version);
        }
        return state;
    }

    private int named(@Nullable String eTag) {
        return states.computeIfAbsent(String.valueOf(eTag), unseen -> nextState++);
    }

    private Optional<Move> translate(int number, Entry entry) {
        Operation operation = entry.operation();
        Outcome outcome = entry.outcome();
        return switch (operation.kind()) {
            case GET, HEAD -> read(outcome).map(guard -> read(number, entry, guard));
            case COPY_SOURCE -> head(operation.condition(), outcome).map(guard -> read(number, entry, guard));
            case COPY ->
                happened(outcome)
                        ? Optional.of(write(number, entry, Guard.ANY))
                        : refusalOfCopy(outcome).map(guard -> read(number, entry, guard));
            case PUT, COMPLETE, DELETE ->
                happened(outcome)
                        ? Optional.of(write(number, entry, needed(operation.condition())))
                        : refusal(operation.condition(), outcome).map(guard -> read(number, entry, guard));
        };
    }

    private static Move read(int number, Entry entry, Guard guard) {
        return new Move(number, entry.invoked(), entry.returned(), guard, Move.NOTHING);
    }

    private Move write(int number, Entry entry, Guard guard) {
        long returned = entry.isUnknown() ? Move.OPEN : entry.returned();
        return new Move(
                number,
                entry.invoked(),
                returned,
                guard,
                write(entry.operation().writes()));
    }

    /** Or it may have. */
    private static boolean happened(Outcome outcome) {
        return outcome.kind() == Outcome.Kind.DONE || outcome.kind() == Outcome.Kind.UNKNOWN;
    }

    private Optional<Guard> read(Outcome outcome) {
        return switch (outcome.kind()) {
            case SEEN -> Optional.of(Guard.is(seen(outcome)));
            case MISSING -> Optional.of(Guard.MISSING);
            case REFUSED, UNKNOWN -> Optional.empty();
            case DONE, CONDITION_FAILED -> Optional.of(Guard.NEVER);
        };
    }

    /** A version that nobody wrote, if body and ETag do not belong together. */
    private int seen(Outcome outcome) {
        int state = named(outcome.eTag());
        Version version = written.get(state);
        return outcome.body() == null || (version != null && version.body().equals(outcome.body()))
                ? state
                : nextState++;
    }

    private Optional<Guard> head(Condition condition, Outcome outcome) {
        return switch (outcome.kind()) {
            case DONE -> Optional.of(needed(condition));
            case CONDITION_FAILED -> Optional.of(denied(condition));
            case MISSING -> Optional.of(Guard.MISSING);
            case REFUSED, UNKNOWN -> Optional.empty();
            case SEEN -> Optional.of(Guard.NEVER);
        };
    }

    /** A copy's refusals speak of its source. */
    private static Optional<Guard> refusalOfCopy(Outcome outcome) {
        return outcome.kind() == Outcome.Kind.SEEN ? Optional.of(Guard.NEVER) : Optional.empty();
    }

    private Optional<Guard> refusal(Condition condition, Outcome outcome) {
        return switch (outcome.kind()) {
            case CONDITION_FAILED -> Optional.of(denied(condition));
            case MISSING ->
                Optional.of(
                        condition.kind() == Condition.Kind.IF_MATCH || condition.kind() == Condition.Kind.IF_MATCH_ANY
                                ? Guard.MISSING
                                : Guard.NEVER);
            case REFUSED -> Optional.empty();
            case SEEN, DONE, UNKNOWN -> Optional.of(Guard.NEVER);
        };
    }

    private Guard needed(Condition condition) {
        return switch (condition.kind()) {
            case NONE -> Guard.ANY;
            case IF_NONE_MATCH -> Guard.MISSING;
            case IF_MATCH_ANY -> Guard.EXISTS;
            case IF_MATCH -> Guard.is(named(condition.eTag()));
        };
    }

    private Guard denied(Condition condition) {
        return switch (condition.kind()) {
            case NONE, IF_MATCH_ANY -> Guard.NEVER;
            case IF_NONE_MATCH -> Guard.EXISTS;
            case IF_MATCH -> Guard.not(named(condition.eTag()));
        };
    }
}
