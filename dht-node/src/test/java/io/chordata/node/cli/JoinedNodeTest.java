package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.access.CachedKeys;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.process.Await;
import io.chordata.node.process.FreePorts;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes in this process, of which one founded the cluster and keeps all partitions, and the other keeps none. */
class JoinedNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET_KEY = "0123456789abcdef";
    private static final int SMALL = 100;
    private static final int LARGE = 3 << 20;

    @TempDir
    private Path data;

    private final RequestSigner signer = new RequestSigner("root", SECRET_KEY, "us-east-1", "s3");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private NodeRuntime founder;
    private NodeRuntime joined;

    @BeforeEach
    void start() {
        int port = FreePorts.one();
        founder = start("founder", "127.0.0.1:" + port, "", true);
        joined = start("joined", "127.0.0.1:" + FreePorts.one(), "127.0.0.1:" + port, false);
    }

    private NodeRuntime start(String folder, String internal, String seeds, boolean init) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CHORDATA_S3", "127.0.0.1:0");
        environment.put("CHORDATA_ADMIN", "127.0.0.1:0");
        environment.put("CHORDATA_EVENT_LOOPS", "2");
        environment.put("CHORDATA_INTERNAL", internal);
        environment.put("CHORDATA_CLUSTER_SECRET", "a secret of nodes that are in a test only");
        if (!seeds.isEmpty()) {
            environment.put("CHORDATA_SEEDS", seeds);
        }
        NodeConfig config = NodeConfig.of(
                SettingsLoader.load(Map.of(), environment),
                data.resolve(folder),
                init,
                new RootCredentials("root", SECRET_KEY));
        return NodeRuntime.start(config, new Lifecycle());
    }

    @AfterEach
    void stop() {
        joined.stop();
        founder.stop();
    }

    private HttpResponse<byte[]> send(NodeRuntime node, String method, String path, byte[] body) {
        return send(node, signer, method, path, body);
    }

    private HttpResponse<byte[]> send(NodeRuntime node, RequestSigner signer, String method, String path, byte[] body) {
        String authority = node.s3().toString();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", authority);
        String query = signer.presign(method, path, "", headers, 600, System.currentTimeMillis());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + path + "?" + query))
                .timeout(PATIENCE)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> admin(NodeRuntime node, String method, String path, String body) {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap().set("Host", node.admin().toString());
        new RequestSigner("root", SECRET_KEY, "us-east-1", "chordata")
                .sign(method, path, "", headers, sha256(body), System.currentTimeMillis());
        headers.remove("Host");
        return admin(node, method, path, body, headers);
    }

    private HttpResponse<String> admin(NodeRuntime node, String method, String path, String body, MultiMap headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + node.admin() + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String body) {
        try {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String ready(NodeRuntime node) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.admin() + "/health/ready"))
                    .timeout(PATIENCE)
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "not answered: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void object_putAtEitherNode_isTheSameAtBoth() {
        Await.answer("a joined node that is ready", PATIENCE, () -> ready(joined), body -> body.contains("true"));
        assertThat(send(joined, "PUT", "/bucket", new byte[0]).statusCode()).isEqualTo(200);
        putAndGet("/bucket/small-at-joined", joined, bytes(SMALL, 1));
        putAndGet("/bucket/small-at-founder", founder, bytes(SMALL, 2));
        putAndGet("/bucket/large-at-joined", joined, bytes(LARGE, 3));
        putAndGet("/bucket/large-at-founder", founder, bytes(LARGE, 4));
        assertThat(send(joined, "DELETE", "/bucket/large-at-joined", new byte[0])
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(founder, "GET", "/bucket/large-at-joined", new byte[0]).statusCode())
                .isEqualTo(404);
    }

    @Test
    void key_madeAtOneNode_worksAtTheOtherAtOnceAndIsGoneSoon() {
        Await.answer("a joined node that is ready", PATIENCE, () -> ready(joined), body -> body.contains("true"));
        HttpResponse<String> made = admin(joined, "POST", "/v1/keys", "{\"note\":\"of a test\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        JsonObject key = new JsonObject(made.body());
        String name = key.getString("accessKey");
        RequestSigner owner = new RequestSigner(name, key.getString("secretKey"), "us-east-1", "s3");
        RequestSigner stranger = new RequestSigner(name, "x".repeat(40), "us-east-1", "s3");

        assertThat(send(founder, owner, "PUT", "/of-the-key", new byte[0]).statusCode())
                .isEqualTo(200);
        assertThat(send(joined, owner, "GET", "/of-the-key", new byte[0]).statusCode())
                .isEqualTo(200);
        assertThat(send(founder, stranger, "GET", "/of-the-key", new byte[0]).statusCode())
                .isEqualTo(403);
        String listed = admin(founder, "GET", "/v1/keys", "", MultiMap.caseInsensitiveMultiMap())
                .body();
        assertThat(listed).contains(name, "of a test").doesNotContain("secret");

        assertThat(admin(founder, "DELETE", "/v1/keys/" + name, "").statusCode())
                .isEqualTo(200);
        assertThat(send(founder, owner, "GET", "/of-the-key", new byte[0]).statusCode())
                .isEqualTo(403);
        Await.answer(
                "a key that was deleted elsewhere",
                Duration.ofSeconds(CachedKeys.KEPT_SECONDS + 25),
                () -> ""
                        + send(joined, owner, "GET", "/of-the-key", new byte[0]).statusCode(),
                "403"::equals);
        assertThat(admin(founder, "DELETE", "/v1/keys/" + name, "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void keys_askedForWrongly_areNotMade() {
        Await.answer("a joined node that is ready", PATIENCE, () -> ready(joined), body -> body.contains("true"));
        for (String body : List.of(
                "nonsense",
                "[]",
                "{\"note\":7}",
                "{\"note\":null}",
                "{\"name\":\"x\"}",
                "{\"note\":\"a\\nb\"}",
                "{\"note\":\"" + "x".repeat(257) + "\"}",
                "[".repeat(8_000))) {
            assertThat(admin(founder, "POST", "/v1/keys", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        MultiMap none = MultiMap.caseInsensitiveMultiMap();
        assertThat(admin(founder, "POST", "/v1/keys", "", none).statusCode()).isEqualTo(401);
        assertThat(admin(founder, "DELETE", "/v1/keys/CKAAAAAAAAAAAAAAAAAA", "", none)
                        .statusCode())
                .isEqualTo(401);
        assertThat(admin(founder, "DELETE", "/v1/keys/..%2f", "").statusCode()).isEqualTo(405);
        assertThat(admin(founder, "GET", "/v1/keys", "", none).body()).isEqualTo("[]");
    }

    @Test
    void init_askedOfEitherNode_isAnsweredWithTheClusterThatIsThere() {
        HttpResponse<String> again = admin(founder, "POST", "/v1/init", "");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        String cluster = new JsonObject(again.body()).getString("clusterId");

        HttpResponse<String> elsewhere = admin(joined, "POST", "/v1/init", "");

        assertThat(elsewhere.statusCode()).isEqualTo(200);
        JsonObject there = new JsonObject(elsewhere.body());
        assertThat(there.getString("state")).isEqualTo("member");
        assertThat(there.getString("clusterId")).isEqualTo(cluster);
        assertThat(admin(founder, "POST", "/v1/init", "", MultiMap.caseInsensitiveMultiMap())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void routing_askedForAtEitherNode_isTheWholeClustersAndNamedInEachAnswer() {
        Await.answer("a joined node that is ready", PATIENCE, () -> ready(joined), body -> body.contains("true"));
        assertThat(send(joined, "PUT", "/bucket", new byte[0]).statusCode()).isEqualTo(200);
        for (NodeRuntime node : List.of(founder, joined)) {
            JsonObject routing = new JsonObject(Await.answer(
                    "both nodes in the table", PATIENCE, () -> routing(node), body -> body.contains(joined.s3() + "")));
            assertThat(routing.getJsonArray("partitions")).hasSize(256);
            JsonObject first = routing.getJsonArray("partitions").getJsonObject(0);
            assertThat(first.getString("point")).isEqualTo("0".repeat(32));
            assertThat(first.getJsonArray("members")).contains(first.getString("leader"));
            assertThat(routing.getJsonObject("bucket").getInteger("shards")).isEqualTo(16);
            long named = Long.parseLong(send(node, "GET", "/absent", new byte[0])
                    .headers()
                    .firstValue("x-chordata-routing-version")
                    .orElseThrow());
            assertThat(named).isGreaterThanOrEqualTo(routing.getLong("version"));
        }
    }

    private String routing(NodeRuntime node) {
        String authority = node.s3().toString();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", authority);
        String query =
                signer.presign("GET", "/", "chordata-routing=&bucket=bucket", headers, 600, System.currentTimeMillis());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + "/?" + query))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void putAndGet(String path, NodeRuntime at, byte[] body) {
        HttpResponse<byte[]> put = send(at, "PUT", path, body);
        assertThat(put.statusCode())
                .as(new String(put.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(send(founder, "GET", path, new byte[0]).body()).as(path).isEqualTo(body);
        assertThat(send(joined, "GET", path, new byte[0]).body()).as(path).isEqualTo(body);
    }
}
