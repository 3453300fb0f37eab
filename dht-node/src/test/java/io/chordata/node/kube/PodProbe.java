package io.chordata.node.kube;

import io.chordata.node.admin.AdminPaths;
import io.chordata.node.process.Await;
import io.chordata.node.process.SignedHttp;
import io.chordata.node.process.TestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Asks each of some pods for writes and reads of so many keys that every index shard of the bucket is among them. */
final class PodProbe {
    private static final String BUCKET = "load";
    private static final int KEYS = 64;
    private static final int FEW_KEYS = 4;
    private static final int CLIENTS = 32;
    private static final int BYTES = 500;
    /** More than ten times what an answer about health may take, as the machine has more to do here. */
    private static final Duration HEALTH_MAX = Duration.ofSeconds(5);

    private PodProbe() {}

    private interface Question<T> {
        T ask(SignedHttp pod, String key) throws IOException;
    }

    /** The time until each pod has written and read each key. */
    static Duration untilAllServe(List<URI> pods, Duration deadline) {
        long begun = System.nanoTime();
        ask(pods, KEYS, (pod, key) -> {
            Await.until(key + " is served", deadline, () -> serves(pod, key));
            return true;
        });
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static boolean serves(SignedHttp pod, String key) {
        TestBody body = body(key);
        try {
            return pod.put(BUCKET, key, body) == 200 && pod.sha256(BUCKET, key).equals(Optional.of(body.sha256()));
        } catch (IOException refused) {
            return false;
        }
    }

    private static TestBody body(String key) {
        return new TestBody(BYTES, key.hashCode());
    }

    /** Keys that these pods take writes of; a pod's address is part of the key. */
    static List<String> acknowledgedBy(List<URI> pods) {
        return ask(pods, FEW_KEYS, (pod, key) -> {
                    try {
                        boolean isTaken = pod.put(BUCKET, key, body(key)) == 200;
                        return isTaken ? Optional.of(key) : Optional.<String>empty();
                    } catch (IOException noAnswer) {
                        return Optional.<String>empty();
                    }
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * What the slowest answer about its health takes a pod, whatever it is.
     *
     * @param admin its port
     */
    static Duration slowestHealth(URI admin) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return Stream.of(
                        AdminPaths.LIVE, AdminPaths.READY, AdminPaths.STARTUP, AdminPaths.CLUSTER, AdminPaths.STOPPABLE)
                .map(path -> time(
                        http,
                        HttpRequest.newBuilder(admin.resolve(path))
                                .timeout(HEALTH_MAX)
                                .build()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Duration time(HttpClient http, HttpRequest request) {
        long begun = System.nanoTime();
        try {
            http.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " gave no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static <T> List<T> ask(List<URI> pods, int keys, Question<T> question) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<T>> answers = new ArrayList<>();
            for (URI pod : pods) {
                SignedHttp http = new SignedHttp(() -> pod);
                for (int key = 0; key < keys; key++) {
                    String name = "probe-" + pod.getHost() + "-" + key;
                    answers.add(clients.submit(() -> question.ask(http, name)));
                }
            }
            List<T> all = new ArrayList<>();
            for (Future<T> answer : answers) {
                all.add(answer.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            clients.shutdownNow();
        }
    }
}
