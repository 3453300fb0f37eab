package io.chordata.node.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts S3 requests. Safe for use by many threads; the number of operations and codes is small and closed. */
public final class S3Meters {
    private static final String OPERATION = "operation";

    private final NodeMeters meters;
    private final Counter refused;
    private final Map<String, OperationMeters> byOperation = new ConcurrentHashMap<>();

    public S3Meters(NodeMeters meters) {
        this.meters = meters;
        this.refused = meters.counter(Metric.S3_REFUSED);
    }

    /** A request was answered, or its connection ended. */
    public void answered(String operation, int status, long receivedBytes, long sentBytes, long nanos) {
        byOperation.computeIfAbsent(operation, OperationMeters::new).answered(status, receivedBytes, sentBytes, nanos);
    }

    /** A connection was closed because too many were open. */
    public void connectionRefused() {
        refused.increment();
    }

    private final class OperationMeters {
        private final String operation;
        private final Timer latency;
        private final Counter received;
        private final Counter sent;
        private final Map<Integer, Counter> byStatus = new ConcurrentHashMap<>();

        OperationMeters(String operation) {
            this.operation = operation;
            this.latency = meters.timer(Metric.S3_LATENCY, OPERATION, operation);
            this.received = meters.counter(Metric.S3_RECEIVED, OPERATION, operation);
            this.sent = meters.counter(Metric.S3_SENT, OPERATION, operation);
        }

        void answered(int status, long receivedBytes, long sentBytes, long nanos) {
            latency.record(nanos, TimeUnit.NANOSECONDS);
            received.increment(receivedBytes);
            sent.increment(sentBytes);
            byStatus.computeIfAbsent(status, this::requests).increment();
        }

        private Counter requests(int status) {
            return meters.counter(Metric.S3_REQUESTS, OPERATION, operation, "code", String.valueOf(status));
        }
    }
}
