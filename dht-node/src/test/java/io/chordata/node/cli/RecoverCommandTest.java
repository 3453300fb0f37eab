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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        byte[] bytes = plan.encode().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
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
}
