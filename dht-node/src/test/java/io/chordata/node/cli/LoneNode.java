package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.client.sigv4.UriEncoding;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.process.Await;
import io.chordata.node.process.FreePorts;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
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
import java.util.Map;

/** A whole node in this process that is a cluster by itself, with what a test asks it. */
final class LoneNode implements AutoCloseable {
    static final String ACCESS_KEY = "root";
    static final String SECRET_KEY = "0123456789abcdef";
    static final String CLUSTER_SECRET = "a secret of nodes that are in a test only";
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newHttpClient();
    private final NodeRuntime node;

    record Answer(int status, String contentType, String body) {}

    private LoneNode(NodeRuntime node) {
        this.node = node;
    }

    /** Returns when it serves and is on its ring. */
    static LoneNode start(Path data) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CHORDATA_S3", "127.0.0.1:0");
        environment.put("CHORDATA_ADMIN", "127.0.0.1:0");
        environment.put("CHORDATA_INTERNAL", "127.0.0.1:" + FreePorts.one());
        environment.put("CHORDATA_EVENT_LOOPS", "2");
        environment.put("CHORDATA_CLUSTER_SECRET", CLUSTER_SECRET);
        NodeConfig config = NodeConfig.of(
                SettingsLoader.load(Map.of(), environment), data, true, new RootCredentials(ACCESS_KEY, SECRET_KEY));
        LoneNode node = new LoneNode(NodeRuntime.start(config, new Lifecycle()));
        node.await("/health/startup", "true");
        node.await("/v1/nodes", "\"alive\"");
        return node;
    }

    private void await(String path, String part) {
        Await.answer(path, PATIENCE, () -> get(path).body, body -> body.contains(part));
    }

    String admin() {
        return node.admin().toString();
    }

    /** Where S3 clients go. */
    String endpoint() {
        return "http://" + node.s3();
    }

    String id() {
        return new JsonArray(get("/v1/nodes").body).getJsonObject(0).getString("id");
    }

    URI uri(String path) {
        return URI.create("http://" + admin() + path);
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build());
    }

    Answer send(HttpRequest request) {
        HttpResponse<String> answer = send(request, BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("Content-Type").orElse("none"), answer.body());
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void put(String bucket, String key, String text) {
        s3("PUT", "/" + bucket + "/" + UriEncoding.encode(key), text);
    }

    /** A request of an S3 client that succeeds. */
    void s3(String method, String path, String body) {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap().set("Host", node.s3().toString());
        String query = new RequestSigner(ACCESS_KEY, SECRET_KEY, "us-east-1", "s3")
                .presign(method, path, "", headers, 600, System.currentTimeMillis());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.s3() + path + "?" + query))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        assertThat(send(request).status).isEqualTo(200);
    }

    Answer signed(String method, String path, String body) {
        return signed(method, path, body, SECRET_KEY, System.currentTimeMillis());
    }

    /** @param nowMillis as the one who signs takes it to be */
    Answer signed(String method, String path, String body, String secretKey, long nowMillis) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", admin());
        new RequestSigner(ACCESS_KEY, secretKey, "us-east-1", "chordata")
                .sign(method, path, "", headers, sha256(body), nowMillis);
        headers.remove("Host");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return send(request.build());
    }

    private static String sha256(String body) {
        try {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        node.stop();
    }
}
