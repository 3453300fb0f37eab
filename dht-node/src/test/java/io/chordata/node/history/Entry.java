package io.chordata.node.history;

/**
 * One operation of a key's history. Positions order everything that a history recorded; times are only shown.
 *
 * @param returned when its client gave up, if the outcome is unknown; it may happen later
 */
public record Entry(
        String client,
        Operation operation,
        Outcome outcome,
        long invoked,
        long returned,
        long invokedTime,
        long returnedTime) {
    Entry with(Outcome other) {
        return new Entry(client, operation, other, invoked, returned, invokedTime, returnedTime);
    }

    boolean isUnknown() {
        return outcome.kind() == Outcome.Kind.UNKNOWN;
    }

    @Override
    public String toString() {
        return client + " " + operation + ": " + outcome;
    }
}
