package io.chordata.client.bench;

import java.net.URI;
import java.time.Duration;

/**
 * What to measure and how hard.
 *
 * @param endpoint scheme, host and port; nothing else of it is used
 * @param bucket made if it is not there; objects in it whose keys begin otherwise than ours are left alone
 * @param sizeBytes of each object
 * @param concurrency connections, each with one request at a time: a closed loop, so more shows more throughput and
 *     longer latencies
 * @param warmup measured and thrown away: connections, caches and the server's compiler settle
 * @param objects prepared for reads, and deleted in one round; more reads spread over more of the disk
 * @param prepared the objects are there already and stay: for servers that only read
 * @param presigned read by links that are signed once, not by a signature for each request
 * @param signedPayload hash the bodies, as clients do over plain HTTP; without, the server need not either
 */
record BenchOptions(
        BenchOperation operation,
        URI endpoint,
        String bucket,
        long sizeBytes,
        int concurrency,
        Duration duration,
        Duration warmup,
        int objects,
        boolean prepared,
        boolean presigned,
        boolean signedPayload) {
    BenchOptions {
        require(
                endpoint.getHost() != null,
                "--endpoint " + endpoint + " should have a scheme and a host, as in http://127.0.0.1:9000");
        require(sizeBytes >= 0 && sizeBytes <= 5L << 30, "--size must be from 0 to 5GiB, the most that one PUT takes");
        require(
                concurrency >= 1 && concurrency <= 10_000,
                "--concurrency " + concurrency + " should be from 1 to 10000");
        require(duration.toMillis() >= 1, "--duration must be at least 1ms");
        require(objects >= 1, "--objects must be at least 1");
        require(!prepared || operation.reads(), "--prepared goes with get, mixed and list");
        require(!presigned || operation == BenchOperation.GET, "--presigned goes with get");
    }

    boolean isTls() {
        return "https".equals(endpoint.getScheme());
    }

    int port() {
        return endpoint.getPort() >= 0 ? endpoint.getPort() : isTls() ? 443 : 80;
    }

    /** As the Host header has it. */
    String authority() {
        return endpoint.getPort() >= 0 ? endpoint.getHost() + ':' + endpoint.getPort() : endpoint.getHost();
    }

    BenchOptions against(URI other) {
        return new BenchOptions(
                operation,
                other,
                bucket,
                sizeBytes,
                concurrency,
                duration,
                warmup,
                objects,
                prepared,
                presigned,
                signedPayload);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
