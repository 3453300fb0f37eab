package io.chordata.client.cli;

import org.jspecify.annotations.Nullable;

/** What became of several things, and what that comes to as a whole. */
final class Tally {
    private long done;
    private long failed;
    private Outcome first = Outcome.DONE;
    private @Nullable Outcome hopeless;

    void done() {
        done++;
    }

    void failed(Outcome outcome) {
        failed++;
        first = first == Outcome.DONE ? outcome : first;
    }

    void failed(Throwable failure) {
        failed(Outcome.of(failure));
        if (hopeless == null && Outcome.isHopeless(failure)) {
            hopeless = Outcome.of(failure);
        }
    }

    long doneCount() {
        return done;
    }

    long failedCount() {
        return failed;
    }

    /** Whether what is left would fail like what failed. */
    boolean isHopeless() {
        return hopeless != null;
    }

    /** Where others would fail in the same way, that is what scripts have to know. */
    Outcome outcome() {
        if (hopeless != null) {
            return hopeless;
        }
        return done == 0 || failed == 0 ? first : Outcome.SOME_NOT_DONE;
    }
}
