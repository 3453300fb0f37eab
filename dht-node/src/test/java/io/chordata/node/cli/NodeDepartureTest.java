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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that make a node leave, against an admin port that says what the test has it say. */
class NodeDepartureTest {
    private static final String ID = "00000000000000070000000000000001";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    /** What the node is at each look; the last stays. */
    private final Queue<String> states = new ArrayDeque<>(List.of("alive"));

    private String refusal = "";
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        boolean isSigned = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .contains("/chordata/aws4_request");
        asked.add(isSigned ? request : "unsigned " + request);
        boolean isRefused = !refusal.isEmpty() && !request.startsWith("GET");
        String body = isRefused
                ? refusal
                : request.startsWith("GET") ? nodes() : node("draining").encode();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isRefused ? 409 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String nodes() {
        String state = states.size() > 1 ? states.remove() : states.element();
        return new JsonArray().add(node(state)).encode();
    }

    private static JsonObject node(String state) {
        return new JsonObject()
                .put("id", ID)
                .put("name", "node-3")
                .put("state", state)
                .put("partitions", 12)
                .put("blocks", 34);
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
    void drain_ofANodeByName_waitsUntilNothingIsLeft() {
        states.addAll(List.of("draining", "drained"));
        assertThat(run("drain", "node-3")).as(err.toString()).isZero();
        assertThat(asked)
                .startsWith("GET /v1/nodes", "POST /v1/nodes/" + ID + "/drain")
                .endsWith("GET /v1/nodes");
        assertThat(err.toString()).contains("node-3 is draining: 12 partitions and 34 blocks left");
        assertThat(out.toString()).contains("node " + ID + " is drained");
    }

    @Test
    void drain_forAMachine_printsOneObject() {
        states.addAll(List.of("draining", "drained"));
        assertThat(run("drain", ID, "--json")).isZero();
        assertThat(new JsonObject(out.toString())).isEqualTo(node("drained"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void drain_undoneOrNotWaitedFor_endsAtOnce() {
        assertThat(run("drain", ID, "--undo")).isZero();
        assertThat(run("decommission", ID, "--no-wait")).isZero();
        assertThat(asked)
                .containsExactly(
                        "GET /v1/nodes",
                        "DELETE /v1/nodes/" + ID + "/drain",
                        "GET /v1/nodes",
                        "POST /v1/nodes/" + ID + "/decommission");
    }

    @Test
    void decommission_waited_isDoneWhenTheNodeIsGone() {
        states.addAll(List.of("draining", "drained", "decommissioned"));
        assertThat(run("decommission", "node-3")).isZero();
        assertThat(out.toString()).contains("is decommissioned");
    }

    @Test
    void refusal_ofTheCluster_isSaidWithItsExitCode() {
        refusal = new JsonObject()
                .put("title", "Node must stay as it is")
                .put("detail", "only 2 nodes would be left")
                .encode();
        assertThat(run("drain", "node-3")).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(err.toString()).contains("Node must stay as it is: only 2 nodes would be left");
    }

    @Test
    void node_thatNobodyKnows_isAUsageError() {
        assertThat(run("drain", "node-9")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("there is no node 'node-9'");
    }

    @Test
    void admin_whereNobodyAnswers_isNamed() {
        server.stop(0);
        assertThat(run("drain", "node-3")).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(err.toString()).contains("no answer from http://127.0.0.1:");
    }
}
