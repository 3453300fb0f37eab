package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.process.Await;
import io.chordata.node.process.FreePorts;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node in this process, as its operator sees it at the admin port. */
class OneNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POSITIONS = 32;
    private static final String SECRET_KEY = "0123456789abcdef";
    private static final String NO_BODY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private Path data;

    private NodeRuntime node;
    private String stopDelay = "0s";

    @BeforeEach
    void start() {
        node = start("node", true);
    }

    private NodeRuntime start(String folder, boolean init) {
        return NodeRuntime.start(config(folder, 0, init), new Lifecycle());
    }

    private NodeConfig config(String folder, int adminPort, boolean init) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CHORDATA_S3", "127.0.0.1:0");
        environment.put("CHORDATA_ADMIN", "127.0.0.1:" + adminPort);
        environment.put("CHORDATA_EVENT_LOOPS", "2");
        environment.put("CHORDATA_STOP_DELAY", stopDelay);
        return NodeConfig.of(
                SettingsLoader.load(Map.of(), environment),
                data.resolve(folder),
                init,
                new RootCredentials("root", SECRET_KEY));
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private String get(String path) {
        try (InputStream body = connect(path).getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "not answered: " + e.getMessage();
        }
    }

    private HttpURLConnection connect(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + node.admin() + path).toURL().openConnection();
        connection.setReadTimeout((int) PATIENCE.toMillis());
        return connection;
    }

    private String await(String path, Predicate<String> condition) {
        return Await.answer(path, PATIENCE, () -> get(path), condition);
    }

    private static int positions(String ring) {
        return ring.startsWith("{")
                ? new JsonObject(ring).getJsonArray("positions").size()
                : 0;
    }

    @Test
    void node_thatIsAlone_hasARingOfItsOwn() {
        JsonObject ring = new JsonObject(await("/v1/ring", answer -> positions(answer) == POSITIONS));
        JsonObject self = new JsonArray(await("/v1/nodes", answer -> answer.contains("\"alive\""))).getJsonObject(0);
        String id = self.getString("id");

        assertThat(ring.getJsonArray("unanswered")).isEmpty();
        TreeSet<String> ids = new TreeSet<>();
        for (int i = 0; i < POSITIONS; i++) {
            JsonObject position = ring.getJsonArray("positions").getJsonObject(i);
            assertThat(position.getString("node")).isEqualTo(id);
            ids.add(position.getString("id"));
        }
        assertThat(self.getInteger("partitions")).isEqualTo(256);
        assertThat(self.getString("s3")).isEqualTo(node.s3().toString());
        assertThat(new JsonObject(get("/v1/ring?node=" + id)).getJsonArray("fingers"))
                .isNotNull();

        JsonObject lookup =
                new JsonObject(get("/v1/lookup?id=80000000000000000000000000000000&via=fingers&from=" + id));
        assertThat(lookup.getString("position"))
                .isEqualTo(Objects.requireNonNullElse(ids.ceiling("80000000000000000000000000000000"), ids.first()));
        assertThat(lookup.getInteger("partition")).isEqualTo(0x80);
        assertThat(lookup.getJsonArray("replicas")).containsExactly(id);
        assertThat(lookup.getJsonArray("path").getJsonObject(0).getString("source"))
                .isEqualTo("self");
    }

    @Test
    void node_toldToStop_isNotReadyBeforeItStopsServing() throws IOException {
        node.stop();
        stopDelay = "3s";
        node = start("slow", true);
        await("/health/ready", answer -> answer.contains("true"));
        Thread stopping = new Thread(node::stop, "stopping");
        stopping.start();

        await("/health/ready", answer -> answer.contains("503"));
        HttpURLConnection s3 = (HttpURLConnection)
                URI.create("http://" + node.s3() + "/").toURL().openConnection();
        assertThat(s3.getResponseCode()).isEqualTo(403);
        await("/health/live", answer -> answer.contains("refused"));
    }

    @Test
    void node_thatIsAlone_holdsEveryPartitionAsItShould() {
        await("/health/startup", answer -> answer.contains("true"));
        assertThat(get("/health/cluster")).contains("true");
        assertThat(get("/health/stoppable")).contains("412");
        await("/v1/nodes", answer -> answer.contains("\"alive\""));

        JsonObject cluster = new JsonObject(get("/v1/cluster"));
        assertThat(cluster.fieldNames())
                .containsExactlyInAnyOrder(
                        "clusterId",
                        "self",
                        "version",
                        "partitions",
                        "replication",
                        "nodes",
                        "state",
                        "underReplicated",
                        "noMajority",
                        "moving",
                        "zonesYielded",
                        "draining",
                        "drained");
        assertThat(cluster.getInteger("nodes")).isEqualTo(1);
        assertThat(cluster.getInteger("partitions")).isEqualTo(256);
        assertThat(cluster.getInteger("replication")).isEqualTo(1);
        assertThat(cluster.getInteger("underReplicated")).isZero();
        assertThat(cluster.getInteger("noMajority")).isZero();
        assertThat(cluster.getInteger("moving")).isZero();
        assertThat(cluster.getString("state")).isEqualTo("healthy");

        String id = new JsonArray(get("/v1/nodes")).getJsonObject(0).getString("id");
        assertThat(cluster.getString("self")).isEqualTo(id);
        JsonObject last = new JsonObject(get("/v1/partitions/255"));
        assertThat(last.getJsonArray("desired")).containsExactly(id);
        assertThat(last.getJsonArray("voters")).containsExactly(id);
        assertThat(last.getString("leader")).isEqualTo(id);
        assertThat(last.getString("state")).isEqualTo("healthy");
    }

    @Test
    void ring_ofANode_isMeasured() {
        await("/metrics", answer -> answer.contains("chordata_ring_positions " + POSITIONS + ".0"));
        assertThat(get("/metrics"))
                .contains("chordata_directory_nodes{state=\"alive\"} 1.0")
                .contains("chordata_ring_steps_total{step=\"joined\"} 31.0")
                .contains("chordata_ring_view_age_seconds");
    }

    @Test
    void events_ofTheStart_comeToWhoeverListens() throws IOException {
        HttpURLConnection connection = connect("/v1/events");
        String first = null;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            while (first == null || !first.startsWith("id: ")) {
                first = reader.readLine();
            }
        }
        String log = first.substring("id: ".length(), first.lastIndexOf('-'));
        HttpURLConnection again = connect("/v1/events");
        again.setRequestProperty("Last-Event-ID", log + "-0");
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(again.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null && !line.contains("\"change\":\"phase\"")) {
                line = reader.readLine();
            }
            assertThat(line).startsWith("data: {").contains("\"phase\":");
        }
    }

    @Test
    void node_thatIsNotFounded_saysWhyItKnowsNothingUntilItIsToldToFound() throws Exception {
        int port = FreePorts.one();
        Lifecycle lifecycle = new Lifecycle();
        CompletableFuture<NodeRuntime> starting =
                CompletableFuture.supplyAsync(() -> NodeRuntime.start(config("empty", port, false), lifecycle));
        try {
            for (String path : List.of("/v1/ring", "/v1/lookup?key=a", "/v1/nodes", "/v1/cluster")) {
                String answer = Await.answer(
                        path, PATIENCE, () -> admin(port, "GET", path), said -> said.contains("is empty and neither"));
                assertThat(answer).startsWith("503 ").contains("neither --init nor --seeds was given");
            }
            assertThat(data.resolve("empty")).doesNotExist();
            assertThat(admin(port, "POST", "/v1/init").substring(0, 4)).isEqualTo("200 ");
            NodeRuntime founded = starting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String first = admin(port, "POST", "/v1/init");
            assertThat(first).startsWith("200 ").contains("\"state\":\"founded\"", "\"clusterId\"", "\"node\"");
            assertThat(admin(port, "POST", "/v1/init")).isEqualTo(first);
            founded.stop();
        } finally {
            lifecycle.askToStop();
        }
    }

    @Test
    void node_stoppedWhileItWaitsToBeFounded_hasChangedNothing() throws Exception {
        int port = FreePorts.one();
        Lifecycle lifecycle = new Lifecycle();
        CompletableFuture<NodeRuntime> starting =
                CompletableFuture.supplyAsync(() -> NodeRuntime.start(config("empty", port, false), lifecycle));
        Await.answer("a waiting node", PATIENCE, () -> admin(port, "GET", "/health/live"), is -> is.startsWith("200 "));

        lifecycle.askToStop();

        starting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).stop();
        assertThat(data.resolve("empty")).doesNotExist();
    }

    /** Status and body. */
    private static String admin(int port, String method, String path) {
        String host = "127.0.0.1:" + port;
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", host);
        new RequestSigner("root", SECRET_KEY, "us-east-1", "chordata")
                .sign(method, path.replaceAll("\\?.*", ""), "", headers, NO_BODY_SHA256, System.currentTimeMillis());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host + path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.noBody());
        headers.remove("Host").forEach(header -> request.header(header.getKey(), header.getValue()));
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "not answered: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
