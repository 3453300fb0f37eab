package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.Settings;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.process.Await;
import io.chordata.node.process.FreePorts;
import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.rpc.TestCertificates;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets that can be told apart, used in every way a node knows, and then looked for in all that it says. */
class CanaryTest {
    private static final String ROOT_SECRET = "canary-of-the-root-key-0123456789";
    private static final String CLUSTER_SECRET = "canary-of-the-cluster-0123456789abcdef";
    private static final String WRONG_SECRET = "canary-of-a-wrong-key-0123456789ab";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ACCESS_DENIED = 403;

    @TempDir
    private Path folder;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final List<String> canaries = new ArrayList<>(List.of(ROOT_SECRET, CLUSTER_SECRET, WRONG_SECRET));
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final Collector collector = new Collector();
    private HttpClient http;
    private NodeRuntime node;

    /** Everything, as both formats write it. */
    private final class Collector extends AppenderBase<ILoggingEvent> {
        private final JsonLines lines = new JsonLines();

        @Override
        protected void append(ILoggingEvent event) {
            said.add(new String(lines.encode(event), StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void start() throws IOException {
        collector.start();
        root.addAppender(collector);
        for (String logger : List.of("io.chordata", "io.vertx", "io.netty")) {
            logger(logger).setLevel(Level.TRACE);
        }
        TestCertificates certificates = new TestCertificates(folder);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(TrustedAuthority.context(certificates.file("authority.pem")))
                .build();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CHORDATA_S3", "127.0.0.1:0");
        environment.put("CHORDATA_ADMIN", "127.0.0.1:0");
        environment.put("CHORDATA_EVENT_LOOPS", "1");
        environment.put("CHORDATA_INTERNAL", "127.0.0.1:" + FreePorts.one());
        environment.put("CHORDATA_ACCESS_KEY", "root");
        environment.put("CHORDATA_SECRET_KEY_FILE", secretFile("root", ROOT_SECRET));
        environment.put("CHORDATA_CLUSTER_SECRET_FILE", secretFile("cluster", CLUSTER_SECRET));
        for (String port : List.of("S3", "ADMIN", "INTERNAL")) {
            RpcTlsOptions tls =
                    certificates.issue(port, List.of("127.0.0.1", RpcTlsOptions.DEFAULT_NAME), TestCertificates.now());
            canaries.addAll(Files.readAllLines(Path.of(tls.keyPath())).subList(1, 3));
            environment.put("CHORDATA_" + port + "_CERTIFICATE", tls.certificatePath());
            environment.put("CHORDATA_" + port + "_KEY", tls.keyPath());
        }
        environment.put(
                "CHORDATA_INTERNAL_AUTHORITY",
                certificates.file("authority.pem").toString());
        Settings settings = SettingsLoader.load(Map.of(), environment);
        NodeConfig config = NodeConfig.of(
                settings,
                folder.resolve("data"),
                true,
                new RootCredentials("root", settings.get(OptionCatalogue.SECRET_KEY)));
        said.add(settings.show());
        said.add(config.toString());
        node = NodeRuntime.start(config, new Lifecycle());
    }

    /** As a secret of Kubernetes is mounted, or an editor leaves it: with the end of a line. */
    private String secretFile(String name, String secret) throws IOException {
        return Files.writeString(folder.resolve(name + ".secret"), secret + "\n")
                .toString();
    }

    private static Logger logger(String name) {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name);
    }

    @AfterEach
    void stop() {
        node.stop();
        root.detachAppender(collector);
        logger("io.chordata").setLevel(null);
        logger("io.vertx").setLevel(Level.WARN);
        logger("io.netty").setLevel(Level.WARN);
    }

    private HttpResponse<String> send(String method, String uri, String body, MultiMap headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
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

    private static MultiMap noHeaders() {
        return MultiMap.caseInsensitiveMultiMap();
    }

    /** The status. What the client is told is kept unless it asked for a secret. */
    private int s3(String accessKey, String secret, String method, String path, String body) {
        String authority = node.s3().toString();
        String query = new RequestSigner(accessKey, secret, "us-east-1", "s3")
                .presign(method, path, "", noHeaders().set("Host", authority), 600, System.currentTimeMillis());
        if (!secret.equals(WRONG_SECRET)) {
            // One that is wrong goes back to whoever sent it, as in S3.
            canaries.add(query.replaceFirst(".*X-Amz-Signature=", ""));
        }
        HttpResponse<String> answer = send(method, "https://" + authority + path + "?" + query, body, noHeaders());
        said.add(answer.headers().map() + answer.body());
        return answer.statusCode();
    }

    private HttpResponse<String> signIn(String secret) {
        String body = new JsonObject()
                .put("accessKey", "root")
                .put("secretKey", secret)
                .encode();
        return send(
                "POST",
                "https://" + node.admin() + "/v1/session",
                body,
                noHeaders().set("Content-Type", "application/json"));
    }

    /** A key of the cluster, whose secret only this answer has. */
    private JsonObject makeKey() {
        HttpResponse<String> session = signIn(ROOT_SECRET);
        assertThat(session.statusCode()).isEqualTo(200);
        String cookie = session.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        String csrf = new JsonObject(session.body()).getString("csrf");
        canaries.add(cookie.substring(cookie.indexOf('=') + 1));
        canaries.add(csrf);
        MultiMap headers =
                noHeaders().set("Cookie", cookie).set("x-chordata-csrf", csrf).set("Content-Type", "application/json");
        HttpResponse<String> made =
                send("POST", "https://" + node.admin() + "/v1/keys", "{\"note\":\"canary\"}", headers);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        JsonObject key = new JsonObject(made.body());
        canaries.add(key.getString("secretKey"));
        return key;
    }

    private void use() {
        Await.until("a node that serves", PATIENCE, () -> s3("root", ROOT_SECRET, "PUT", "/canaries", "") == 200);
        assertThat(s3("root", ROOT_SECRET, "PUT", "/canaries/key", "value")).isEqualTo(200);
        assertThat(s3("root", WRONG_SECRET, "GET", "/canaries/key", "")).isEqualTo(ACCESS_DENIED);
        assertThat(s3("root", ROOT_SECRET, "GET", "/canaries/absent", "")).isEqualTo(404);
        HttpResponse<String> refused = signIn(WRONG_SECRET);
        assertThat(refused.statusCode()).isEqualTo(401);
        said.add(refused.headers().map() + refused.body());
        JsonObject key = makeKey();
        assertThat(s3(key.getString("accessKey"), key.getString("secretKey"), "GET", "/canaries/key", ""))
                .isEqualTo(200);
        assertThat(s3(key.getString("accessKey"), WRONG_SECRET, "GET", "/canaries/key", ""))
                .isEqualTo(ACCESS_DENIED);
        for (String path : List.of("/metrics", "/v1/keys", "/v1/cluster", "/v1/nodes", "/v1/partitions", "/v1/flows")) {
            HttpResponse<String> answer = send("GET", "https://" + node.admin() + path, "", noHeaders());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            said.add(answer.body());
        }
        said.addAll(events());
    }

    /** From the start on, until traffic is told of, which comes once a second. */
    private List<String> events() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + node.admin() + "/v1/events"))
                .build();
        try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
            return lines.takeWhile(line -> !line.equals("event: traffic")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String threadDump() {
        StringBuilder dump = new StringBuilder();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            dump.append(thread);
        }
        return dump.toString();
    }

    @Test
    void secrets_ofANodeThatIsUsed_areInNothingThatItSays() {
        use();
        said.add(threadDump());
        node.stop();

        assertThat(said).hasSizeGreaterThan(20).anyMatch(text -> text.contains("event=answered"));
        assertThat(canaries).hasSizeGreaterThan(10).allMatch(canary -> canary.length() >= 20);
        for (String text : said) {
            for (String canary : canaries) {
                assertThat(text.contains(canary))
                        .as("%s stands in: %s", canary, text)
                        .isFalse();
            }
        }
    }
}
