package io.chordata.client.bench;

import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.MultiMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Gets of the prepared objects by links that are signed once, so that no signature is made while the clock runs. */
final class BenchLinks {
    private static final long EXPIRY_SECONDS = TimeUnit.DAYS.toSeconds(7);

    private final BenchRequest[] requests;

    /** @param path of an object by its number */
    BenchLinks(BenchOptions options, RequestSigner signer, IntFunction<String> path) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Host", options.endpoints().get(0).authority());
        long now = System.currentTimeMillis();
        this.requests = IntStream.range(0, options.objects())
                .mapToObj(number -> BenchRequest.link(
                        path.apply(number),
                        signer.presign("GET", path.apply(number), "", headers, EXPIRY_SECONDS, now),
                        options.sizeBytes()))
                .toArray(BenchRequest[]::new);
    }

    BenchRequest get(int number) {
        return requests[number];
    }
}
