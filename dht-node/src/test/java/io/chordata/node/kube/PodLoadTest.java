package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chordata.node.process.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the load of pods counts as failed, against a server that refuses once. */
class PodLoadTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String REFUSED = "/load/object-1";

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    /** The first object's first write is refused; everything else is taken. */
    private PodLoad loadOnOneThatAnswersOnce(int status) {
        server.createContext("/", exchange -> answer(exchange, status));
        server.start();
        URI pod = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new PodLoad(() -> List.of(pod));
    }

    private void answer(HttpExchange exchange, int refusal) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        boolean isWrite = exchange.getRequestMethod().equals("PUT");
        boolean isRefused = isWrite && path.equals(REFUSED) && objects.putIfAbsent("refused", sent) == null;
        if (isWrite && !isRefused) {
            objects.put(path, sent);
        }
        byte[] body = isWrite ? new byte[0] : objects.getOrDefault(path, new byte[0]);
        exchange.sendResponseHeaders(isRefused ? refusal : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitWork(PodLoad load) {
        Await.until("some objects are there", PATIENCE, () -> load.acknowledged() >= 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 400})
    void refusal_thatClientsTakeAsFinal_isAFailureAtOnce(int status) {
        PodLoad load = loadOnOneThatAnswersOnce(status);
        awaitWork(load);
        load.close();

        assertThat(load.failures()).containsOnlyKeys("PUT object-1");
        assertThat(load.failures().get("PUT object-1")).endsWith("status " + status);
        assertThat(load.again()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 503})
    void refusal_afterWhichClientsAskAgain_isNone(int status) {
        PodLoad load = loadOnOneThatAnswersOnce(status);
        awaitWork(load);

        load.endWithNothingFailedOrLost();
        assertThat(load.again()).isEqualTo(1);
    }
}
