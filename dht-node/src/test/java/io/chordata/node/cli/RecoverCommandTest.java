package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command against an admin port that says what the test has it say. */
class RecoverCommandTest {
    private static final String GONE = "00000000000000070000000000000001";
    private static final String LEFT = "00000000000000070000000000000002";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final JsonObject plan = new JsonObject()
            .put("partition", 7)
            .put("refusal", null)
            .put("survivor", LEFT)
            .put("generation", "1-000000000002")
            .put("begun", false)
            .put("mayLose", true)
            .put(
                    "copies",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("node", LEFT)
                                    .put("generation", "0-000000000000")
                                    .put("promised", "0-000000000000")
                                    .put("term", 3)
                                    .put("index", 41)
                                    .put("unfit", null)))
            .put("silent", new JsonArray().add(GONE));
    private final JsonArray partitions = new JsonArray()
            .add(partition(7, "unavailable"))
            .add(partition(8, "healthy"))
            .add(partition(9, "unavailable"));
    private String refused = "";
    private String unavailable = "";
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final List<Integer> answered = new ArrayList<>();
    private final Set<Integer> underWay = new HashSet<>();
    private int most;

    /** Which partition is answered when. */
    private IntPredicate answering = partition -> true;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(handlers);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        handlers.shutdownNow();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        if (path.equals("/v1/partitions")) {
            answer(exchange, 200, partitions.encode());
            return;
        }
        asked.add(exchange.getRequestMethod() + " " + path + " " + body);
        int partition = Integer.parseInt(path.split("/")[3]);
        underWay.add(partition);
        most = Math.max(most, underWay.size());
        notifyAll();
        awaitTurn(partition);
        underWay.remove(partition);
        answered.add(partition);
        notifyAll();
        plan.put("partition", partition);
        if (path.equals(refused)) {
            JsonObject problem =
                    new JsonObject().put("title", "Partition is not recovered").put("detail", "it goes on");
            answer(exchange, 409, problem.put("status", 409).encode());
        } else if (path.equals(unavailable)) {
            JsonObject problem = new JsonObject()
                    .put("title", "Not now")
                    .put("detail", "no majority")
                    .put("status", 503);
            answer(exchange, 503, problem.encode());
        } else {
            answer(exchange, 200, plan.encode());
        }
    }

    private void awaitTurn(int partition) {
        try {
            while (!answering.test(partition)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static JsonObject partition(int number, String state) {
        return new JsonObject()
                .put("partition", number)
                .put("point", "00")
                .put("desired", new JsonArray().add(LEFT))
                .put("voters", new JsonArray().add(LEFT))
                .put("learners", new JsonArray())
                .put("leader", null)
                .put("term", 3)
                .put("commitIndex", 41)
                .put("state", state)
                .put("moves", new JsonArray());
    }

    private int run(String... words) {
        Map<String, String> environment = Map.of(
                "CHORDATA_ACCESS_KEY", "root",
                "CHORDATA_SECRET_KEY", "0123456789abcdef",
                "CHORDATA_ADMIN", "127.0.0.1:" + server.getAddress().getPort());
        return new Chordata(new Terminal(environment, new PrintWriter(out), new PrintWriter(err)), new Lifecycle())
                .run(words);
    }

    @Test
    void recover_withoutUnsafe_tellsWhatWouldBeLost() {
        assertThat(run("recover", "--partition", "7", "--gone", GONE))
                .as(err.toString())
                .isZero();
        assertThat(asked)
                .containsExactly("POST /v1/partitions/7/recover {\"gone\":[\"" + GONE + "\"],\"unsafe\":false}");
        assertThat(out.toString())
                .contains("node " + LEFT + " has it up to entry 41 of term 3")
                .contains("node " + GONE + " does not answer")
                .contains("partition 7 would go on from node " + LEFT)
                .contains("is lost")
                .contains("--unsafe does it");
    }

    @Test
    void recover_unsafe_isPassedOn() {
        plan.put("begun", true).put("mayLose", false);
        assertThat(run("recover", "--partition", "7", "--unsafe")).isZero();
        assertThat(asked).containsExactly("POST /v1/partitions/7/recover {\"gone\":[],\"unsafe\":true}");
        assertThat(out.toString())
                .contains("partition 7 goes on from node " + LEFT)
                .contains("nothing that was acknowledged is lost");
    }

    @Test
    void recover_thatIsNotPossible_saysWhy() {
        plan.put("refusal", "most of those who decide answer");
        assertThat(run("recover", "--partition", "7")).isZero();
        assertThat(out.toString()).contains("cannot be recovered: most of those who decide answer");
    }

    @Test
    void recover_withoutPartition_takesAllThatNobodyServes() {
        assertThat(run("recover", "--gone", GONE, "--unsafe")).isZero();
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "POST /v1/partitions/7/recover {\"gone\":[\"" + GONE + "\"],\"unsafe\":true}",
                        "POST /v1/partitions/9/recover {\"gone\":[\"" + GONE + "\"],\"unsafe\":true}");
    }

    @Test
    @Timeout(60)
    void recover_ofMany_asksEightAtATimeAndTellsThemInTheirOrder() {
        partitions.clear();
        IntStream.range(0, 12).forEach(number -> partitions.add(partition(number, "unavailable")));
        answering = number -> answered.size() + underWay.size() >= 8 && (number > 0 || answered.size() >= 7);
        assertThat(run("recover", "--gone", GONE)).as(err.toString()).isZero();
        assertThat(most).isEqualTo(8);
        assertThat(answered.indexOf(0)).isEqualTo(7);
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.startsWith("partition "))
                        .map(line -> line.split(" ")[1]))
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(Integer::toString).toList());
    }

    @Test
    void recover_whereNobodyAnswersForOne_asksNoMoreAndTellsWhatWasDone() {
        partitions.clear();
        IntStream.range(0, 12).forEach(number -> partitions.add(partition(number, "unavailable")));
        unavailable = "/v1/partitions/0/recover";
        plan.put("begun", true);
        assertThat(run("recover", "--unsafe")).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(asked).hasSize(8);
        assertThat(err.toString()).contains("partition 0: ");
        assertThat(out.toString())
                .contains("partition 7 goes on from node " + LEFT)
                .doesNotContain("partition 8 ");
    }

    @Test
    void recover_whereEachIsServed_saysSo() {
        partitions.clear();
        assertThat(run("recover", "--unsafe")).isZero();
        assertThat(asked).isEmpty();
        assertThat(out.toString()).contains("every partition is served");
    }

    @Test
    void recover_thatIsRefusedForOne_doesTheOthers() {
        refused = "/v1/partitions/7/recover";
        plan.put("begun", true);
        assertThat(run("recover", "--partition", "7,9", "--unsafe")).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(asked).hasSize(2);
        assertThat(err.toString()).contains("partition 7: ", "it goes on");
        assertThat(out.toString()).contains(" goes on from node " + LEFT);
    }
}
