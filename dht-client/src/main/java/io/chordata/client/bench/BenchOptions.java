package io.chordata.client.bench;

import io.chordata.client.routing.Endpoint;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to measure and how hard.
 *
 * @param endpoints at least one, over which connections are spread; of each, a path is not used
 * @param trust whom to trust for https; null for those that Java trusts
 * @param region that signatures name; a bucket that is made comes to be there
 * @param bucket made if it is not there; objects in it whose keys begin otherwise than ours are left alone
 * @param sizeBytes of each object
 * @param concurrency connections, each with one request at a time: a closed loop, so more shows more throughput and
 *     longer latencies
 * @param warmup measured and thrown away: connections, caches and the server's compiler settle
 * @param objects prepared for reads, and deleted in one round; more reads spread over more of the disk
 * @param prepared the objects are there already and stay: for servers that only read
 * @param presigned read by links that are signed once, not by a signature for each request
 * @param patience after which a request on whose connection nothing moves is an error; the more, the slower an endpoint
 *     may be, and the later one that stays silent is told
 * @param signedPayload hash the bodies, as clients do over plain HTTP; without, the server need not either
 */
record BenchOptions(
        BenchOperation operation,
        List<Endpoint> endpoints,
        @Nullable TrustOptions trust,
        String region,
        String bucket,
        long sizeBytes,
        int concurrency,
        Duration duration,
        Duration warmup,
        int objects,
        boolean prepared,
        boolean presigned,
        Duration patience,
        boolean signedPayload) {
    static final String DEFAULT_REGION = "us-east-1";

    private static final Duration PATIENCE_MAX = Duration.ofHours(1);

    BenchOptions {
        endpoints = List.copyOf(endpoints);
        require(sizeBytes >= 0 && sizeBytes <= 5L << 30, "--size must be from 0 to 5GiB, the most that one PUT takes");
        require(
                concurrency >= 1 && concurrency <= 10_000,
                "--concurrency " + concurrency + " should be from 1 to 10000");
        require(duration.toMillis() >= 1, "--duration must be at least 1ms");
        require(
                patience.toMillis() >= 1 && patience.compareTo(PATIENCE_MAX) <= 0,
                "--timeout must be from 1ms to " + PATIENCE_MAX.toMinutes() + "m");
        require(objects >= 1, "--objects must be at least 1");
        require(!prepared || operation.reads(), "--prepared goes with get, mixed and list");
        require(!presigned || operation == BenchOperation.GET, "--presigned goes with get");
        require(!presigned || endpoints.size() == 1, "--presigned goes with one endpoint, which its links name");
    }

    /** That of a connection, by its number. */
    Endpoint endpoint(int number) {
        return endpoints.get(number % endpoints.size());
    }

    /** As it is shown. */
    String place() {
        return endpoints.stream().map(Endpoint::url).collect(Collectors.joining(","));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
