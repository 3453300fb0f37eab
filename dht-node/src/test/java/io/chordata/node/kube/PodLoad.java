package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Await;
import io.chordata.node.process.SignedHttp;
import io.chordata.node.process.TestBody;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
                request(random, "GET " + key, http -> isAsWritten(http, key, body));
            }
            Await.pass(THINK);
        }
    }

    private interface Attempt {
        /**
         * Whether the answer is what it has to be.
         *
         * @throws IOException if there is none, or a refusal: to be asked again
         */
        boolean isRight(SignedHttp http) throws IOException;
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
                    boolean isRight = attempt.isRight(clientOf(pod));
                    longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                    if (!isRight) {
                        failures.put(what, pod + " has it otherwise, or not at all");
                    }
                    return isRight;
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

    private static boolean put(SignedHttp http, String key, TestBody body) throws IOException {
        int status = http.put(BUCKET, key, body);
        if (status != 200) {
            throw new IOException("status " + status);
        }
        return true;
    }

    private static boolean isAsWritten(SignedHttp http, String key, TestBody body) throws IOException {
        return http.sha256(BUCKET, key).equals(Optional.of(body.sha256()));
    }

    /** Requests that had no success at any attempt, with what came of the last one. */
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
                        random,
                        "audit of " + entry.getKey(),
                        http -> isAsWritten(http, entry.getKey(), entry.getValue())))
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
