package io.chordata.node.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries every order of a few operations on a {@link Register}: the definition itself, and slow. */
final class BruteForce {
    private BruteForce() {}

    static boolean isLinearizable(KeyHistory history) {
        return canGoOn(
                history.initial(),
                history.entries().stream().filter(BruteForce::saysAnything).toList());
    }

    private static boolean saysAnything(Entry entry) {
        Outcome.Kind kind = entry.outcome().kind();
        boolean isCopy = entry.operation().kind() == Operation.Kind.COPY;
        return kind != Outcome.Kind.REFUSED
                && !(isCopy && (kind == Outcome.Kind.MISSING || kind == Outcome.Kind.CONDITION_FAILED));
    }

    private static boolean canGoOn(@Nullable Version state, List<Entry> left) {
        if (left.stream().allMatch(Entry::isUnknown)) {
            return true;
        }
        for (Entry entry : left) {
            boolean mayBeNext =
                    left.stream().allMatch(other -> other.isUnknown() || other.returned() > entry.invoked());
            Register register = new Register(state);
            if (mayBeNext && happens(entry, register)) {
                List<Entry> rest = new ArrayList<>(left);
                rest.remove(entry);
                if (canGoOn(register.current(), rest)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean happens(Entry entry, Register register) {
        Operation operation = entry.operation();
        Outcome outcome = switch (operation.kind()) {
            case GET -> register.get();
            case HEAD -> register.head();
            case PUT, COMPLETE, DELETE -> register.write(operation.writes(), operation.condition());
            case COPY -> register.write(operation.writes(), Condition.NONE);
            case COPY_SOURCE -> register.copyFromHere(operation.condition());
        };
        return entry.isUnknown() || entry.outcome().equals(outcome);
    }
}
