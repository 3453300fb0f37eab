package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** A node without all others: it says that it cannot serve, soon, and nothing that is wrong; afterwards it serves again. */
final class Minority {
    private static final int ALONE = 1;
    private static final int KEYS = 12;
    private static final int ROUNDS = 2;
    /** The exit code for it, as documented. */
    private static final int NOBODY_CAN = 12;

    private static final String BUCKET = "minority";
    /** Far more than the 5 s that are promised: the figures say what it took. */
    private static final Duration DEADLINE = Duration.ofSeconds(50);

    private final ClusterProcesses cluster;
    private final SignedHttp http;
    private boolean areCommandsRun;

    Minority(ClusterProcesses cluster) throws IOException {
        this.cluster = cluster;
        this.http = new SignedHttp(cluster.process(ALONE));
        http.awaitBucket(BUCKET);
        for (int key = 0; key < KEYS; key++) {
            assertThat(http.put(BUCKET, "k" + key, body(key))).isEqualTo(200);
        }
    }

    /** Commands of ours are run against it, too: not where others are silent, which those wait for as long as for any endpoint. */
    Minority withCommands() {
        areCommandsRun = true;
        return this;
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
            if (areCommandsRun) {
                assertCommandsSaySo(how);
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

    /** A command of ours that knows all nodes ends with what is the matter, and leaves no file. */
    private void assertCommandsSaySo(String how) throws IOException {
        Path folder = Files.createTempDirectory(ChordataProcess.target(), "minority");
        Path target = folder.resolve("k1");
        String endpoints = cluster.all().stream()
                .map(number -> cluster.process(number).endpoint().toString())
                .collect(Collectors.joining(","));
        long begin = System.nanoTime();
        Command.Result get = ObjectProgram.at(endpoints, folder)
                .command("get", "s3://" + BUCKET + "/k1", target.toString())
                .runToEnd();
        Figures.note(String.format(
                "get where others %s: exit code %d after %.1f s", how, get.exitCode(), RingNodes.secondsSince(begin)));
        assertThat(get.exitCode()).as(get.errors()).isEqualTo(NOBODY_CAN);
        assertThat(get.errors()).startsWith("chordata: ");
        assertThat(target).doesNotExist();
    }

    private static TestBody body(int key) {
        return new TestBody(key % 4 == 0 ? 1_500_000 : 2_000, key);
    }
}
