package io.chordata.client.bench;

import io.chordata.client.cli.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives out requests to the connections, from any thread. */
@FunctionalInterface
interface BenchWork {
    int FAILURES_MAX = 32;

    /** The next request, or null when there is no more to do. */
    @Nullable
    BenchRequest next();

    /** One request for each number from {@code from} (inclusive) to {@code to} (exclusive). */
    static BenchWork each(int from, int to, IntFunction<BenchRequest> request) {
        AtomicInteger number = new AtomicInteger(from);
        return () -> {
            int mine = number.getAndIncrement();
            return mine < to ? request.apply(mine) : null;
        };
    }

    /** No more once something has failed. */
    default BenchWork untilFailure(BenchTally tally) {
        return () -> tally.firstFailure() == Outcome.DONE ? next() : null;
    }

    /** No more once far more has failed than was done: the endpoint is gone, and all would wait for it. */
    default BenchWork whileHopeful(BenchTally tally) {
        return () -> tally.failures() - tally.successes() <= FAILURES_MAX ? next() : null;
    }

    /** Requests until {@link System#nanoTime} has come to {@code endNanos}. */
    static BenchWork until(long endNanos, Supplier<BenchRequest> request) {
        return () -> System.nanoTime() - endNanos < 0 ? request.get() : null;
    }
}
