package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** One of three nodes whose two others stand still, or are gone: it says that it cannot serve, soon, and nothing that is wrong. */
@TestInstance(Lifecycle.PER_CLASS)
@RequiresProgram(value = "/bin/kill", debian = "procps")
class MinorityIT {
    private static final int NODES = 3;
    private static final int ALONE = 1;
    private static final List<Integer> OTHERS = List.of(0, 2);
    private static final int KEYS = 20;
    private static final int ROUNDS = 3;
    private static final String BUCKET = "minority";
    /** Ten times what is promised: the figures say what it took. */
    private static final Duration DEADLINE = Duration.ofSeconds(50);

    private ClusterProcesses cluster;
    private SignedHttp http;

    @BeforeAll
    void start() throws IOException {
        cluster = ClusterProcesses.start(NODES);
        http = new SignedHttp(cluster.process(ALONE));
        assertThat(http.makeBucket(BUCKET)).isEqualTo(200);
        for (int key = 0; key < KEYS; key++) {
            assertThat(http.put(BUCKET, "k" + key, body(key))).isEqualTo(200);
        }
    }

    @AfterAll
    void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void node_whoseOthersStandStill_answers503AndRecovers() throws IOException {
        aloneAndBack(
                "stand still",
                ChordataProcess::pause,
                number -> cluster.process(number).resume());
    }

    @Test
    void node_whoseOthersAreKilled_answers503AndRecovers() throws IOException {
        aloneAndBack("are killed", ChordataProcess::kill, number -> {
            cluster.restart(number);
            cluster.awaitReady(number);
        });
    }

    private void aloneAndBack(String how, Consumer<ChordataProcess> fail, Consumer<Integer> giveBack)
            throws IOException {
        long slowestMillis = 0;
        try {
            OTHERS.forEach(number -> fail.accept(cluster.process(number)));
            for (int round = 0; round < ROUNDS; round++) {
                slowestMillis = Math.max(slowestMillis, slowestRefusalMillis(round));
            }
        } finally {
            OTHERS.forEach(giveBack);
        }
        long back = System.nanoTime();
        Await.until(
                "answers again" + cluster.logs(),
                DEADLINE,
                () -> http.get(BUCKET, "k0").statusCode() == 200);
        Figures.note(String.format(
                "minority whose others %s: each request refused with 503, the slowest after %d ms; served again after %.1f s",
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
