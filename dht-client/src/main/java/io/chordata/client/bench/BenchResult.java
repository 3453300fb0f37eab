package io.chordata.client.bench;

import io.chordata.client.cli.Outcome;
import io.vertx.core.json.JsonObject;

/**
 * What a run came to.
 *
 * @param operations that succeeded
 * @param bytes of the bodies that these moved
 * @param elapsedNanos during which the clock ran
 * @param client what the bench itself took
 * @param errorText each cause with its count; empty if there was none
 * @param outcome of the whole
 */
record BenchResult(
        BenchOperation operation,
        long operations,
        long errors,
        long bytes,
        long elapsedNanos,
        Client client,
        Latency latencyMicros,
        String errorText,
        Outcome outcome) {

    /** In microseconds. */
    record Latency(long p50, long p90, long p99, long p999, long max) {}

    /**
     * Processor time of this process meanwhile.
     *
     * @param cpuNanos of all its threads
     * @param busiestLoopNanos of the event loop that had the most to do
     */
    record Client(long cpuNanos, long busiestLoopNanos) {}

    /** Of this process, for each request. */
    double clientMicrosPerOperation() {
        long requests = operations + errors;
        return requests == 0 ? 0 : client.cpuNanos() / 1e3 / requests;
    }

    /** How much of the time its busiest event loop was at work: at 1 the bench is the limit, not the endpoint. */
    double clientBusyShare() {
        return elapsedNanos == 0 ? 0 : (double) client.busiestLoopNanos() / elapsedNanos;
    }

    double operationsPerSecond() {
        return perSecond(operations);
    }

    double bytesPerSecond() {
        return perSecond(bytes);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("op", operation.toString())
                .put("operations", operations)
                .put("errors", errors)
                .put("opsPerSecond", rounded(operationsPerSecond()))
                .put("bytesPerSecond", rounded(bytesPerSecond()))
                .put(
                        "latencyMicros",
                        new JsonObject()
                                .put("p50", latencyMicros.p50())
                                .put("p90", latencyMicros.p90())
                                .put("p99", latencyMicros.p99())
                                .put("p999", latencyMicros.p999())
                                .put("max", latencyMicros.max()))
                .put(
                        "client",
                        new JsonObject()
                                .put("cpuMicrosPerOp", rounded(clientMicrosPerOperation()))
                                .put("busyPercent", rounded(100 * clientBusyShare())));
    }

    private double perSecond(long count) {
        return elapsedNanos == 0 ? 0 : count * 1e9 / elapsedNanos;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
