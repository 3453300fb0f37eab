package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One of three nodes is cut off from the two others: it says so to its clients, soon; they go on. */
@RequiresNamespace
@RequiresProgram(value = "/usr/bin/curl", debian = "curl")
class MinorityCutIT {
    private static final int NODES = 3;
    private static final int ALONE = 1;
    private static final int OTHER = 2;
    private static final int KEYS = 10;
    private static final String BUCKET = "cut";
    /** Ten times what is promised: the figures say what it took. */
    private static final Duration DEADLINE = Duration.ofSeconds(50);

    private static final Duration FORMING = Duration.ofSeconds(400);

    private static final List<String> HOSTS = IntStream.range(0, NODES)
            .mapToObj(number -> "127.0.0." + (number + 1))
            .toList();

    @Test
    void node_cutOffFromTwoOthers_answers503WhileTheyServe() throws IOException {
        try (Namespace namespace = Namespace.create();
                RingNodes nodes = RingNodes.start(
                        HOSTS.stream()
                                .map(host -> new Ports(host, 9000, 9001, 7000))
                                .toList(),
                        launch -> launch.with("CHORDATA_MOVE_AFTER", "2s")
                                .with("CHORDATA_MOVES", "64")
                                .under(namespace.wrapper()),
                        url -> namespace.get(URI.create(url).getHost(), url))) {
            nodes.awaitWhole();
            awaitThreeCopies(namespace, nodes);
            Doors doors = new Doors(namespace, nodes);
            doors.expect(200, OTHER, "PUT", "/" + BUCKET);
            for (int key = 0; key < KEYS; key++) {
                doors.expect(200, key % NODES, "PUT", path("k" + key));
            }

            namespace.cut(List.of(HOSTS.get(ALONE)), List.of(HOSTS.get(0), HOSTS.get(OTHER)));
            double slowestSeconds = 0;
            for (int key = 0; key < KEYS; key++) {
                slowestSeconds = Math.max(slowestSeconds, doors.expect(503, ALONE, "GET", path("k" + key)));
                slowestSeconds = Math.max(slowestSeconds, doors.expect(503, ALONE, "GET", path("never-" + key)));
                slowestSeconds = Math.max(slowestSeconds, doors.expect(503, ALONE, "PUT", path("new-" + key)));
            }
            long cut = System.nanoTime();
            Await.until("the majority serves", DEADLINE, () -> doors.status(OTHER, "PUT", path("k0")) == 200);
            double majoritySeconds = RingNodes.secondsSince(cut);
            for (int key = 0; key < KEYS; key++) {
                int of = key;
                Await.until(
                        "k" + key + " at the majority",
                        DEADLINE,
                        () -> doors.status(OTHER, "GET", path("k" + of)) == 200);
            }

            namespace.heal();
            long healed = System.nanoTime();
            Await.until("it serves again", DEADLINE, () -> doors.status(ALONE, "GET", path("k0")) == 200);
            Figures.note(String.format(
                    "one of three nodes cut off: its refusals with 503 took %.1f s at most, the others answered after %.1f s,"
                            + " it served %.1f s after the heal",
                    slowestSeconds, majoritySeconds, RingNodes.secondsSince(healed)));
            for (int key = 0; key < KEYS; key++) {
                doors.expect(200, ALONE, "GET", path("k" + key));
                doors.expect(404, ALONE, "GET", path("never-" + key));
            }
        }
    }

    private static String path(String key) {
        return SignedHttp.path(BUCKET, key);
    }

    private static void awaitThreeCopies(Namespace namespace, RingNodes nodes) {
        String url = nodes.url(0, "/v1/cluster");
        Await.answer("three copies" + nodes.logs(), FORMING, () -> namespace.get(HOSTS.get(0), url), answer -> {
            JsonObject cluster = new JsonObject(answer.isEmpty() ? "{}" : answer);
            return cluster.getInteger("replication", 0) == NODES && cluster.getInteger("underReplicated", 1) == 0;
        });
    }

    /** S3 at each node, asked for from within the network. */
    private record Doors(Namespace namespace, RingNodes nodes) {
        /** The seconds that it took. */
        double expect(int status, int number, String method, String path) {
            long begin = System.nanoTime();
            String head = head(number, method, path);
            double seconds = RingNodes.secondsSince(begin);
            assertThat(status(head))
                    .as("%s %s at node %s: %s%s", method, path, number, head, nodes.logs())
                    .isEqualTo(status);
            assertThat(status != 503 || head.toLowerCase(Locale.ROOT).contains("retry-after: "))
                    .as(head)
                    .isTrue();
            return seconds;
        }

        int status(int number, String method, String path) {
            return status(head(number, method, path));
        }

        private static int status(String head) {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        private String head(int number, String method, String path) {
            ChordataProcess process = nodes.process(number);
            return namespace.head(
                    HOSTS.get(number),
                    method,
                    process.endpoint() + new SignedHttp(process).presigned(method, path, ""));
        }
    }
}
