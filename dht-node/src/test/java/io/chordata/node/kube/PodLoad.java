package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Await;
import io.chordata.node.process.SignedHttp;
import io.chordata.node.process.TestBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Clients that write objects once each and read what they wrote, through a service: each request goes to one of the ready pods,
 * and one that fails is tried again. Counts what failed in spite of that.
 */
final class PodLoad implements AutoCloseable {
    private static final String BUCKET = "load";
    private static final int CLIENTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(8);
    /** For which a client asks again before its request has failed; {@link #longest} tells what it took. */
    private static final Duration PATIENCE = Duration.ofSeconds(64);

    private static final Duration THINK = Duration.ofMillis(50);
    private static final Duration END = Duration.ofMinutes(20);
    private static final int SMALL = 2_000;
    private static final int LARGE = 1_500_000;

    /** Below 500: too slow, too many. */
    private static final Set<Integer> REPEATED = Set.of(408, 429);

    private final Supplier<List<URI>> service;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final Map<URI, SignedHttp> https = new ConcurrentHashMap<>();
    private final Map<String, TestBody> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger again = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean goesOn = true;

    /** @param service pods that are ready now */
    PodLoad(Supplier<List<URI>> service) {
        this.service = service;
        Await.until("bucket " + BUCKET, END, () -> {
            List<URI> ready = service.get();
            return !ready.isEmpty() && isThere(clientOf(ready.get(0)).makeBucket(BUCKET));
        });
        for (int client = 0; client < CLIENTS; client++) {
            Random random = new Random(client);
            clients.execute(() -> work(random));
        }
    }

    private SignedHttp clientOf(URI pod) {
        return https.computeIfAbsent(pod, known -> new SignedHttp(() -> known));
    }

    private static boolean isThere(int status) {
        return status == 200 || status == 409;
    }

    private void work(Random random) {
        while (goesOn) {
            long number = numbers.incrementAndGet();
            String key = "object-" + number;
            TestBody body = new TestBody(random.nextInt(10) == 0 ? LARGE : SMALL, number);
            if (request(random, "PUT " + key, http -> put(http, key, body))) {
                acknowledged.put(key, body);
                request(random, "GET " + key, http -> compare(http, key, body));
            }
            Await.pass(THINK);
        }
    }

    private interface Attempt {
        /**
         * What is wrong with the answer; empty if it is as it has to be.
         *
         * @throws IOException if there is none, or one after which clients ask again
         */
        Optional<String> fault(SignedHttp http) throws IOException;
    }

    private boolean request(Random random, String what, Attempt attempt) {
        long begun = System.nanoTime();
        String last = "no pod is ready";
        Duration pause = PAUSE;
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            List<URI> ready = service.get();
            if (!ready.isEmpty()) {
                URI pod = ready.get(random.nextInt(ready.size()));
                try {
                    Optional<String> fault = attempt.fault(clientOf(pod));
                    longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                    fault.ifPresent(wrong -> failures.put(what, pod + ": " + wrong));
                    return fault.isEmpty();
                } catch (IOException e) {
                    last = pod + ": " + e;
                }
            }
            again.incrementAndGet();
            Await.pass(pause);
            pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
        failures.put(what, last);
        return false;
    }

    private static Optional<String> put(SignedHttp http, String key, TestBody body) throws IOException {
        return refusal(http.put(BUCKET, key, body));
    }

    private static Optional<String> compare(SignedHttp http, String key, TestBody body) throws IOException {
        HttpResponse<InputStream> answer = http.get(BUCKET, key);
        boolean isSame = TestBody.sha256(answer.body()).equals(body.sha256());
        Optional<String> refusal = refusal(answer.statusCode());
        return refusal.isPresent() || isSame ? refusal : Optional.of("it is not as it was written");
    }

    /**
     * One that clients take as final: that it would not come a second time helps none of them.
     *
     * @throws IOException for one after which they ask again
     */
    private static Optional<String> refusal(int status) throws IOException {
        if (status == 200) {
            return Optional.empty();
        }
        if (status >= 500 || REPEATED.contains(status)) {
            throw new IOException("status " + status);
        }
        return Optional.of("status " + status);
    }

    /** Requests that had no success at any attempt or were refused for good, with what came of the last attempt. */
    Map<String, String> failures() {
        return new TreeMap<>(failures);
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Attempts that failed and were made again. */
    int again() {
        return again.get();
    }

    /** What the longest request took, all its attempts and the pauses between them together. */
    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    /** Reads everything that was acknowledged: what is not there any more, or not as it was written. */
    private List<String> lost() {
        Random random = new Random(0);
        return acknowledged.entrySet().stream()
                .filter(entry -> !request(
                        random, "audit of " + entry.getKey(), http -> compare(http, entry.getKey(), entry.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Ends it: every request had its success, and everything that was acknowledged is there as it was written. */
    void endWithNothingFailedOrLost() {
        close();
        assertThat(failures()).isEmpty();
        assertThat(lost()).isEmpty();
    }

    /** Returns when no request is under way any more. */
    @Override
    public void close() {
        goesOn = false;
        clients.shutdown();
        try {
            if (!clients.awaitTermination(END.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("a client does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
