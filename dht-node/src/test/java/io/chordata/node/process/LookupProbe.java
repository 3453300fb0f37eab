package io.chordata.node.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Asks nodes for their ring and for the owners of ids, and holds the answers against the whole ring. */
final class LookupProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int AT_ONCE = 16;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static List<String> randomIds(int count, Random random) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(String.format("%016x%016x", random.nextLong(), random.nextLong()));
        }
        return ids;
    }

    /** @throws IllegalStateException if it does not answer 200 */
    String get(String url) {
        try {
            HttpResponse<String> answer = http.send(request(url), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(url + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(url + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
    }

    /**
     * Each id from each of these nodes: what is not answered, or not as the ring would have it, with the whole answer, which
     * tells the way it took.
     *
     * @param options more of the query, such as {@code &via=fingers}
     */
    List<String> wrongAnswers(
            RingNodes nodes, Collection<Integer> from, List<String> ids, RingPicture ring, String options) {
        Semaphore free = new Semaphore(AT_ONCE);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (String id : ids) {
            for (int node : from) {
                free.acquireUninterruptibly();
                String url = nodes.url(node, "/v1/lookup?id=" + id + options);
                answers.add(http.sendAsync(request(url), BodyHandlers.ofString())
                        .handle((answer, failure) -> judge(url, ring.owner(id), answer, failure))
                        .whenComplete((wrong, never) -> free.release()));
            }
        }
        return answers.stream()
                .map(CompletableFuture::join)
                .filter(wrong -> !wrong.isEmpty())
                .toList();
    }

    private static String judge(String url, String owner, HttpResponse<String> answer, Throwable failure) {
        if (failure != null) {
            return url + ": " + failure;
        }
        if (answer.statusCode() != 200) {
            return url + ": " + answer.statusCode() + " " + answer.body();
        }
        String position = new JsonObject(answer.body()).getString("position");
        return owner.equals(position) ? "" : url + ": " + position + ", not " + owner + ", by " + answer.body();
    }
}
