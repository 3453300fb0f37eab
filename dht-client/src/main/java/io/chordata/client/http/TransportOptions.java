package io.chordata.client.http;

import io.chordata.client.retry.Backoff;
import java.time.Duration;

/**
 * How requests are sent.
 *
 * @param region what signatures name
 * @param connectTimeout larger waits longer for a host that is gone, smaller gives up one that is far
 * @param idleTimeout how long an endpoint may let us wait for the next byte, or for room for one
 * @param attemptsMax of one request, the first among them
 * @param retryBudget tokens: larger repeats more while an endpoint fails most requests
 * @param retryWindow after the first failure of a request no further attempt begins later than that; a cluster knows a
 *     request again for a minute after it was done, so one with conditions is not begun later than lets its body arrive by
 *     then
 * @param backoff before a retry
 * @param throttledBackoff before a retry of what was too much
 * @param connectionsMax to each endpoint
 * @param isPayloadSigned whether bodies are signed; where TLS keeps them whole there is no need
 * @param isChecksumSent whether CRC32C goes with each body
 */
public record TransportOptions(
        String region,
        Duration connectTimeout,
        Duration idleTimeout,
        int attemptsMax,
        int retryBudget,
        Duration retryWindow,
        Backoff backoff,
        Backoff throttledBackoff,
        int connectionsMax,
        boolean isPayloadSigned,
        boolean isChecksumSent) {
    public static final TransportOptions DEFAULT = new TransportOptions(
            "us-east-1",
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            10,
            500,
            Duration.ofSeconds(50),
            new Backoff(50, 5_000),
            new Backoff(500, 10_000),
            64,
            true,
            true);

    public TransportOptions {
        if (region.isEmpty()
                || connectTimeout.toMillis() < 1
                || idleTimeout.toMillis() < 1
                || attemptsMax < 1
                || retryWindow.isNegative()
                || connectionsMax < 1) {
            throw new IllegalArgumentException("time-outs, attempts and connections must be positive");
        }
    }

    public TransportOptions withRegion(String value) {
        return new TransportOptions(
                value,
                connectTimeout,
                idleTimeout,
                attemptsMax,
                retryBudget,
                retryWindow,
                backoff,
                throttledBackoff,
                connectionsMax,
                isPayloadSigned,
                isChecksumSent);
    }

    public TransportOptions withTimeouts(Duration connect, Duration idle) {
        return new TransportOptions(
                region,
                connect,
                idle,
                attemptsMax,
                retryBudget,
                retryWindow,
                backoff,
                throttledBackoff,
                connectionsMax,
                isPayloadSigned,
                isChecksumSent);
    }

    public TransportOptions withRetries(int attempts, int budget) {
        return new TransportOptions(
                region,
                connectTimeout,
                idleTimeout,
                attempts,
                budget,
                retryWindow,
                backoff,
                throttledBackoff,
                connectionsMax,
                isPayloadSigned,
                isChecksumSent);
    }

    public TransportOptions withConnectionsMax(int value) {
        return new TransportOptions(
                region,
                connectTimeout,
                idleTimeout,
                attemptsMax,
                retryBudget,
                retryWindow,
                backoff,
                throttledBackoff,
                value,
                isPayloadSigned,
                isChecksumSent);
    }

    public TransportOptions withPayloadSigned(boolean value) {
        return new TransportOptions(
                region,
                connectTimeout,
                idleTimeout,
                attemptsMax,
                retryBudget,
                retryWindow,
                backoff,
                throttledBackoff,
                connectionsMax,
                value,
                isChecksumSent);
    }

    public TransportOptions withChecksumSent(boolean value) {
        return new TransportOptions(
                region,
                connectTimeout,
                idleTimeout,
                attemptsMax,
                retryBudget,
                retryWindow,
                backoff,
                throttledBackoff,
                connectionsMax,
                isPayloadSigned,
                value);
    }
}
