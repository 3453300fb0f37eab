package io.chordata.client.cli;

import io.chordata.client.admin.AdminEvent.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What S3 clients have of each node in a second, as its last event said. Safe for use by many threads. */
final class TrafficRates {
    /** A node that says nothing for so long has none that is known. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final Map<String, Known> byNode = new HashMap<>();

    /** Per second. */
    record Rate(long requests, long failed, long bytesReceived, long bytesSent) {
        static final Rate NONE = new Rate(0, 0, 0, 0);

        Rate plus(Rate other) {
            return new Rate(
                    requests + other.requests,
                    failed + other.failed,
                    bytesReceived + other.bytesReceived,
                    bytesSent + other.bytesSent);
        }
    }

    private record Known(Rate rate, long atNanos) {}

    /** Nodes note it once a second. */
    synchronized void note(Traffic traffic, long nowNanos) {
        Rate rate = new Rate(traffic.requests(), traffic.failed(), traffic.bytesReceived(), traffic.bytesSent());
        byNode.put(traffic.node(), new Known(rate, nowNanos));
    }

    synchronized Map<String, Rate> at(long nowNanos) {
        byNode.values().removeIf(known -> nowNanos - known.atNanos > KEPT_NANOS);
        Map<String, Rate> rates = new HashMap<>();
        byNode.forEach((node, known) -> rates.put(node, known.rate));
        return rates;
    }
}
