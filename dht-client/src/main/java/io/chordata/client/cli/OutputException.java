package io.chordata.client.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a command prints cannot be written. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean closed;

    /** @param failure null where nobody knows why: somebody closed it, as is mostly so */
    OutputException(@Nullable IOException failure) {
        super(
                "the output cannot be written: " + (failure == null ? "it is closed" : failure.getMessage()),
                failure,
                false,
                false);
        this.closed = failure == null || isClosed(String.valueOf(failure.getMessage()));
    }

    /** Why that output has failed. */
    public static OutputException of(PrintWriter out) {
        return new OutputException(out instanceof StandardOutput known ? known.failure() : null);
    }

    /** By the system's words (EPIPE, ECONNRESET), as there is no other sign; some languages have "(broken pipe)". */
    private static boolean isClosed(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        return words.contains("pipe") || words.contains("connection reset");
    }

    /** Whether whoever read it has gone, which is nothing to be told: {@code | head} has enough. */
    public boolean isClosed() {
        return closed;
    }

    Outcome outcome() {
        return closed ? Outcome.OUTPUT_CLOSED : Outcome.NOT_DONE;
    }
}
