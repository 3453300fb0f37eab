package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A node without all others: it says that it cannot serve, soon, and nothing that is wrong; afterwards it serves again. */
final class Minority {
    private static final int ALONE = 1;
    private static final int KEYS = 12;
    private static final int ROUNDS = 2;
    private static final String BUCKET = "minority";
    /** Far more than the 5 s that are promised: the figures say what it took. */
    private static final Duration DEADLINE = Duration.ofSeconds(50);

    private final ClusterProcesses cluster;
    private final SignedHttp http;

    Minority(ClusterProcesses cluster) throws IOException {
        this.cluster = cluster;
        this.http = new SignedHttp(cluster.process(ALONE));
        http.awaitBucket(BUCKET);
        for (int key = 0; key < KEYS; key++) {
            assertThat(http.put(BUCKET, "k" + key, body(key))).isEqualTo(200);
        }
    }

    void aloneAndBack(String how, Consumer<ChordataProcess> fail, IntConsumer giveBack) throws IOException {
        List<Integer> others =
                cluster.all().stream().filter(number -> number != ALONE).toList();
        long slowestMillis = 0;
        try {
            others.forEach(number -> fail.accept(cluster.process(number)));
            for (int round = 0; round < ROUNDS; round++) {
                slowestMillis = Math.max(slowestMillis, slowestRefusalMillis(round));
            }
        } finally {
            others.forEach(giveBack::accept);
        }
        long back = System.nanoTime();
        for (int key = 0; key < KEYS; key++) {
            int of = key;
            Await.until(
                    "k" + key + " is served again" + cluster.logs(),
                    DEADLINE,
                    () -> http.get(BUCKET, "k" + of).statusCode() == 200);
        }
        Figures.note(String.format(
                "a node whose others %s: each request refused with 503, the slowest after %d ms; all served again after %.1f s",
                how, slowestMillis, RingNodes.secondsSince(back)));
        for (int key = 0; key < KEYS; key++) {
            assertThat(http.sha256(BUCKET, "k" + key)).contains(body(key).sha256());
        }
    }

    private long slowestRefusalMillis(int round) throws IOException {
        long slowestMillis = 0;
        List<HttpRequest.Builder> requests = List.of(
                http.request("GET", SignedHttp.path(BUCKET, "k" + round), ""),
                http.request("GET", SignedHttp.path(BUCKET, "never-written-" + round), ""),
                http.request("HEAD", SignedHttp.path(BUCKET, "k" + round), "").method("HEAD", BodyPublishers.noBody()),
                http.request("GET", "/" + BUCKET, "list-type=2"),
                http.request("PUT", SignedHttp.path(BUCKET, "new-" + round), "").PUT(BodyPublishers.ofString("new")),
                http.request("PUT", SignedHttp.path(BUCKET, "large-" + round), "")
                        .PUT(BodyPublishers.ofByteArray(new TestBody(2 << 20, round).bytes())),
                http.request("DELETE", SignedHttp.path(BUCKET, "never-written-" + round), "")
                        .DELETE());
        for (HttpRequest.Builder each : requests) {
            HttpRequest request = each.build();
            long begin = System.nanoTime();
            HttpResponse<byte[]> answer = http.sendWithin(DEADLINE, request);
            slowestMillis = Math.max(slowestMillis, (System.nanoTime() - begin) / 1_000_000);
            assertThat(answer.statusCode())
                    .as("%s %s%s", request.method(), request.uri().getPath(), cluster.logs())
                    .isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        return slowestMillis;
    }

    private static TestBody body(int key) {
        return new TestBody(key % 4 == 0 ? 1_500_000 : 2_000, key);
    }
}
