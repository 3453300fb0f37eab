package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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

/** {@code chordata init}, against an admin port that says what the test has it say. */
class InitCommandTest {
    private static final String WAITING = "{\"state\":\"waiting\",\"reason\":\"seed b:7000 gave no answer\"}";
    private static final String FOUNDED = "{\"state\":\"founded\",\"clusterId\":\"c1\",\"node\":\"n1\"}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final Queue<String> answers = new ArrayDeque<>();
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
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String answer = answers.remove();
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.contains("\"title\"") ? 409 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
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
    void init_ofANodeThatCannotYet_waitsAndSaysForWhat() {
        answers.addAll(List.of(WAITING, WAITING, FOUNDED));

        assertThat(run("init")).as(err.toString()).isZero();

        assertThat(asked).containsOnly("POST /v1/init").hasSize(3);
        assertThat(err.toString()).isEqualToIgnoringNewLines("waiting: seed b:7000 gave no answer");
        assertThat(out.toString()).isEqualToIgnoringNewLines("node n1 has founded cluster c1");
    }

    @Test
    void init_notWaitedFor_endsAtOnce() {
        answers.add(WAITING);

        assertThat(run("init", "--no-wait", "--json")).isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines(WAITING);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void init_ofANodeThatJoinedACluster_isDone() {
        answers.add("{\"state\":\"member\",\"clusterId\":\"c1\",\"node\":\"n1\"}");

        assertThat(run("init")).as(err.toString()).isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("node n1 is of cluster c1, which another founded");
    }

    @Test
    void init_refused_endsWithCodeEightAndTheReason() {
        answers.add("{\"title\":\"Must not found\",\"detail\":\"it is of cluster c2\"}");

        assertThat(run("init")).isEqualTo(8);

        assertThat(err.toString()).contains("Must not found: it is of cluster c2");
    }
}
