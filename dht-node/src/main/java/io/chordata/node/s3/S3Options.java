package io.chordata.node.s3;

import java.util.List;

/**
 * The S3 port.
 *
 * @param host the address to listen at
 * @param port 0 lets the system choose
 * @param domains names under which a bucket may stand as a sub-domain ({@code bucket.localhost}); more serve more clients
 *     in virtual-host style, none leaves path style only
 * @param region what GetBucketLocation answers; requests may be signed for any
 * @param idleTimeoutMillis after which a connection without traffic is closed; longer keeps slow clients, shorter frees
 *     what silent ones hold
 * @param headerTimeoutMillis within which the head of a request must be there; longer forgives slow lines, shorter limits
 *     how long a hostile client can hold a connection
 * @param keepAliveMillis after which a long copy or complete begins its answer, so that the client keeps waiting; shorter
 *     disturbs fewer impatient clients, but such an answer can only tell of a failure in its body
 * @param patienceMillis after which a request that waits for other nodes is refused, counted from the end of its body; longer
 *     rides out elections, shorter tells clients sooner, who ask again
 * @param connectionsMax open at a time; one more is closed at once. More serve more clients, fewer bound memory
 * @param bodyBytesPerSecondMin what a client must send of a body while it is waited for, on average over a window; 0 for no
 *     such limit. Less forgives slow lines, more frees sooner what stalled uploads hold
 * @param answerBytesPerSecondMin what a client must take of an answer likewise; 0 for no such limit. Less forgives slow
 *     lines, more frees sooner what stalled downloads hold
 * @param bodyRateWindowMillis over which these averages are taken; longer forgives longer pauses
 */
public record S3Options(
        String host,
        int port,
        List<String> domains,
        String region,
        long idleTimeoutMillis,
        long headerTimeoutMillis,
        long keepAliveMillis,
        long patienceMillis,
        int connectionsMax,
        long bodyBytesPerSecondMin,
        long answerBytesPerSecondMin,
        long bodyRateWindowMillis) {
    public static final S3Options DEFAULTS = new S3Options(
            "127.0.0.1",
            9000,
            List.of("localhost"),
            "us-east-1",
            180_000,
            20_000,
            10_000,
            4_500,
            16_384,
            1 << 10,
            1 << 10,
            30_000);

    public S3Options {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the S3 port must be 0 to 65535, not " + port);
        }
        if (region.isBlank()) {
            throw new IllegalArgumentException("the region must not be empty");
        }
        if (idleTimeoutMillis < 1
                || headerTimeoutMillis < 1
                || keepAliveMillis < 1
                || patienceMillis < 1
                || bodyRateWindowMillis < 1) {
            throw new IllegalArgumentException("time-outs of the S3 port must be at least 1 ms");
        }
        if (idleTimeoutMillis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the idle time-out of the S3 port must be at most " + Integer.MAX_VALUE
                    + " ms (24 days), not " + idleTimeoutMillis);
        }
        if (connectionsMax < 1 || bodyBytesPerSecondMin < 0 || answerBytesPerSecondMin < 0) {
            throw new IllegalArgumentException(
                    "the S3 port needs at least 1 connection, and bodies and answers no less than 0 bytes a second");
        }
        domains = List.copyOf(domains);
    }

    /** The same at another address. */
    public S3Options withAddress(String newHost, int newPort) {
        return new S3Options(
                newHost,
                newPort,
                domains,
                region,
                idleTimeoutMillis,
                headerTimeoutMillis,
                keepAliveMillis,
                patienceMillis,
                connectionsMax,
                bodyBytesPerSecondMin,
                answerBytesPerSecondMin,
                bodyRateWindowMillis);
    }
}
