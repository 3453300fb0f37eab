package io.chordata.client.bench;

import io.chordata.client.cli.Outcome;

/** Why a request did not count, or why the bench cannot run: shown as it is, so without a stack trace. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    /** @param outcome what it comes to if nothing else is done */
    BenchException(String message, Outcome outcome) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
