package io.chordata.client.bench;

import io.chordata.client.cli.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What has happened so far: latencies of what succeeded, causes of what did not. For many threads. */
final class BenchTally {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram latencyMicros = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
    private final LongAdder bytes = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();
    private final LongAdder cpuNanos = new LongAdder();
    private final LongAdder busiestLoopNanos = new LongAdder();
    private final AtomicReference<@Nullable Outcome> first = new AtomicReference<>();
    private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();

    void succeeded(long movedBytes, long nanos) {
        latencyMicros.recordValue(Math.max(1, nanos / 1_000));
        bytes.add(movedBytes);
    }

    /** @param outcome what the whole comes to if nothing is done */
    void failed(String cause, Outcome outcome) {
        first.compareAndSet(null, outcome);
        errors.computeIfAbsent(cause, key -> new LongAdder()).increment();
    }

    /** The clock ran for this long. */
    void elapsed(long nanos) {
        busyNanos.add(nanos);
    }

    /** What the bench itself took meanwhile. */
    void used(BenchLoops.Used before, BenchLoops.Used after) {
        cpuNanos.add(after.processNanos() - before.processNanos());
        long busiest = 0;
        for (int loop = 0; loop < before.loopNanos().size(); loop++) {
            busiest = Math.max(
                    busiest, after.loopNanos().get(loop) - before.loopNanos().get(loop));
        }
        busiestLoopNanos.add(busiest);
    }

    long elapsedNanos() {
        return busyNanos.sum();
    }

    /** What the first failure comes to. */
    Outcome firstFailure() {
        Outcome failed = first.get();
        return failed == null ? Outcome.DONE : failed;
    }

    long failures() {
        return errors.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long successes() {
        return latencyMicros.getTotalCount();
    }

    private Outcome outcome() {
        boolean isPartly = !errors.isEmpty() && successes() > 0;
        return isPartly ? Outcome.SOME_NOT_DONE : firstFailure();
    }

    BenchResult result(BenchOperation operation) {
        return new BenchResult(
                operation,
                successes(),
                failures(),
                bytes.sum(),
                elapsedNanos(),
                new BenchResult.Client(cpuNanos.sum(), busiestLoopNanos.sum()),
                new BenchResult.Latency(
                        latencyMicros.getValueAtPercentile(50),
                        latencyMicros.getValueAtPercentile(90),
                        latencyMicros.getValueAtPercentile(99),
                        latencyMicros.getValueAtPercentile(99.9),
                        latencyMicros.getMaxValue()),
                errorText(),
                outcome());
    }

    /** Each cause with its count; empty if there was none. */
    String errorText() {
        StringBuilder text = new StringBuilder();
        errors.forEach((cause, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(cause)
                .append(" x ")
                .append(count.sum()));
        return text.toString();
    }
}
