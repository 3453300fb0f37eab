package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess.Ports;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The id that a client is told of its request is found in the logs of all nodes that worked for it, which are JSON. */
class RequestIdIT {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String BUCKET = "requests";
    private static final int NODES = 3;
    private static final int KEYS = 64;
    private static final int LARGE = 1 << 20;

    private static RingNodes nodes;
    private static SignedHttp http;

    @BeforeAll
    static void start() throws IOException {
        nodes = RingNodes.start(
                Stream.generate(Ports::free).limit(NODES).toList(),
                launch -> launch.with("CHORDATA_LOG_LEVEL", "debug")
                        .with("CHORDATA_LOG_FORMAT", "json")
                        .with("CHORDATA_EXPECT", "" + NODES)
                        .with("CHORDATA_MOVES", "64")
                        .with("CHORDATA_MOVE_AFTER", "2s"),
                new LookupProbe()::get);
        nodes.awaitWhole();
        http = new SignedHttp(nodes.process(0));
        Await.until("bucket " + BUCKET, DEADLINE, () -> Set.of(200, 409).contains(http.makeBucket(BUCKET)));
    }

    @AfterAll
    static void end() {
        nodes.close();
    }

    /** The id in the answer to a request that succeeds. */
    private static String idOf(Callable<HttpResponse<Void>> request) {
        String[] id = new String[1];
        Await.until("a request succeeds", DEADLINE, () -> {
            HttpResponse<Void> answer = request.call();
            id[0] = answer.headers().firstValue("x-amz-request-id").orElseThrow();
            return answer.statusCode() == 200;
        });
        return id[0];
    }

    private static String put(String key, int bytes) {
        return idOf(() -> http.send(
                http.request("PUT", SignedHttp.path(BUCKET, key), "")
                        .PUT(BodyPublishers.ofByteArray(new byte[bytes]))
                        .build(),
                BodyHandlers.discarding()));
    }

    private static String get(String key) {
        return idOf(() ->
                http.send(http.request("GET", SignedHttp.path(BUCKET, key), "").build(), BodyHandlers.discarding()));
    }

    private static boolean isServed(int node, String service, String id) throws IOException {
        try (Stream<String> lines = Files.lines(nodes.process(node).log())) {
            return lines.anyMatch(line -> Stream.of("\"event\":\"served\"", "\"" + service + "\"", "\"" + id + "\"")
                    .allMatch(line::contains));
        }
    }

    @Test
    void blocks_keptByOtherNodes_areLoggedThereUnderTheClientsRequest() {
        String id = put("large", LARGE);

        for (int other = 1; other < NODES; other++) {
            int node = other;
            Await.until("node " + node + " tells of " + id, DEADLINE, () -> isServed(node, "BLOCKS", id));
        }
    }

    /** Each node leads some partitions, so some of these are forwarded to each of the others. */
    @Test
    void commandsAndQueries_forwardedToTheirLeaders_areLoggedThereUnderTheClientsRequest() {
        List<String> puts = Stream.iterate(0, key -> key + 1)
                .limit(KEYS)
                .map(key -> put("key-" + key, 1))
                .toList();
        List<String> gets = Stream.iterate(0, key -> key + 1)
                .limit(KEYS)
                .map(key -> get("key-" + key))
                .toList();

        for (List<String> ids : List.of(puts, gets)) {
            for (int other = 1; other < NODES; other++) {
                int node = other;
                Await.until("node " + node + " tells of one of " + ids, DEADLINE, () -> isAnyServed(node, ids));
            }
        }
    }

    private static boolean isAnyServed(int node, List<String> ids) throws IOException {
        for (String id : ids) {
            if (isServed(node, "PARTITIONS", id)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void ids_ofRequests_areAllDifferent() {
        put("same", 1);
        assertThat(Stream.generate(() -> get("same")).limit(KEYS)).doesNotHaveDuplicates();
    }
}
