package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.process.Await;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
        int port = freePort();
        founder = start("founder", "127.0.0.1:" + port, "", true);
        joined = start("joined", "127.0.0.1:" + freePort(), "127.0.0.1:" + port, false);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private void putAndGet(String path, NodeRuntime at, byte[] body) {
        HttpResponse<byte[]> put = send(at, "PUT", path, body);
        assertThat(put.statusCode())
                .as(new String(put.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(send(founder, "GET", path, new byte[0]).body()).as(path).isEqualTo(body);
        assertThat(send(joined, "GET", path, new byte[0]).body()).as(path).isEqualTo(body);
    }
}
