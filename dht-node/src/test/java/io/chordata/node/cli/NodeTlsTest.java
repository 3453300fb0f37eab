package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.process.Await;
import io.chordata.node.process.FreePorts;
import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.rpc.TestCertificates;
import io.vertx.core.MultiMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node in this process whose ports speak TLS, and whose certificates change while it runs. */
class NodeTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 8;
    private static final String HEALTH = "/health/live";
    private static final String ACCESS_KEY = "root";
    private static final String SECRET_KEY = "0123456789abcdef";

    @TempDir
    private Path folder;

    private TestCertificates authority;
    private NodeRuntime node;

    @BeforeEach
    void start() throws IOException {
        authority = new TestCertificates(Files.createDirectory(folder.resolve("certs")));
        issue("used");
        node = start("node");
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private RpcTlsOptions issue(String name) {
        return authority.issue(name, List.of("127.0.0.1", RpcTlsOptions.DEFAULT_NAME), TestCertificates.now());
    }

    private NodeRuntime start(String data) {
        String certificate = authority.file("used.pem").toString();
        String key = authority.file("used.key").toString();
        Map<String, String> environment = new HashMap<>();
        environment.put("CHORDATA_S3", "127.0.0.1:0");
        environment.put("CHORDATA_ADMIN", "127.0.0.1:0");
        environment.put("CHORDATA_INTERNAL", "127.0.0.1:" + FreePorts.one());
        environment.put("CHORDATA_CLUSTER_SECRET", "a secret of tests, 0123456789abcdef");
        environment.put("CHORDATA_EVENT_LOOPS", "2");
        environment.put("CHORDATA_S3_CONNECTIONS", "" + CONNECTIONS);
        environment.put("CHORDATA_S3_HEADER_TIMEOUT", "5s");
        environment.put("CHORDATA_CERTIFICATE_CHECK", "50ms");
        environment.put(
                "CHORDATA_INTERNAL_AUTHORITY", authority.file("authority.pem").toString());
        for (String port : List.of("S3", "ADMIN", "INTERNAL")) {
            environment.put("CHORDATA_" + port + "_CERTIFICATE", certificate);
            environment.put("CHORDATA_" + port + "_KEY", key);
        }
        NodeConfig config = NodeConfig.of(
                SettingsLoader.load(Map.of(), environment),
                folder.resolve(data),
                true,
                new RootCredentials(ACCESS_KEY, SECRET_KEY));
        return NodeRuntime.start(config, new Lifecycle());
    }

    /** A client that stays connected. */
    private final class Client implements AutoCloseable {
        private final SSLSocket socket;
        private final BufferedReader answers;

        Client(HostPort address) throws IOException {
            socket = (SSLSocket) TrustedAuthority.context(authority.file("authority.pem"))
                    .getSocketFactory()
                    .createSocket(address.host(), address.port());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        String name() throws IOException {
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }

        /** The status line; the body is read, too. */
        String get(String path) throws IOException {
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = answers.readLine();
            int length = 0;
            for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip());
                }
            }
            char[] body = new char[length];
            int read = 0;
            while (read < length) {
                read += answers.read(body, read, length - read);
            }
            return status + "\n" + new String(body);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private String nameAt(HostPort address) {
        try (Client client = new Client(address)) {
            return client.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String admin(String path) {
        try (Client client = new Client(node.admin())) {
            return client.get(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replaceBy(String name) throws IOException {
        for (String ending : List.of(".key", ".pem")) {
            Files.move(
                    authority.file(name + ending),
                    authority.file("used" + ending),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Test
    void certificates_replacedWhileClientsAreConnected_countForThoseToCome() throws IOException {
        try (Client s3 = new Client(node.s3());
                Client admin = new Client(node.admin())) {
            assertThat(s3.get("/")).contains("403");
            assertThat(admin.get(HEALTH)).contains("200");
            issue("newer");
            replaceBy("newer");

            for (HostPort port : List.of(node.s3(), node.admin())) {
                Await.until(
                        "the newer certificate at " + port,
                        PATIENCE,
                        () -> nameAt(port).equals("CN=newer"));
            }
            assertThat(s3.get("/")).contains("403");
            assertThat(admin.get(HEALTH)).contains("200");
            assertThat(s3.name()).isEqualTo("CN=used");
        }
        for (String port : List.of("s3", "admin", "internal")) {
            Await.until(
                    "all to be taken",
                    PATIENCE,
                    () -> admin("/metrics")
                            .contains(
                                    "chordata_certificate_changes_total{port=\"" + port + "\",result=\"taken\"} 1.0"));
        }
        assertThat(admin("/metrics")).contains("chordata_certificate_expires_seconds{port=\"internal\"} 3");
    }

    @Test
    void certificate_thatCannotBeUsed_isReportedAndLeavesTheOneBefore() throws IOException {
        authority.issue("expired", List.of("127.0.0.1"), TestCertificates.past());
        replaceBy("expired");

        Await.until(
                "refusal",
                PATIENCE,
                () -> admin("/metrics")
                        .matches("(?s).*certificate_changes_total\\{port=\"s3\",result=\"refused\"} [1-9].*"));
        assertThat(nameAt(node.s3())).isEqualTo("CN=used");
        assertThatThrownBy(() -> start("second"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll("the certificate of the admin port cannot be used", "used.pem", "expired at");
    }

    /** Fit for clients of S3, and not what other nodes would take. */
    @Test
    void certificate_thatOtherNodesWouldRefuse_isNotUsedBetweenNodes() throws IOException {
        authority.issue("nameless", List.of("127.0.0.1"), TestCertificates.now());
        replaceBy("nameless");

        Await.until(
                "the new one at the S3 port", PATIENCE, () -> nameAt(node.s3()).equals("CN=nameless"));
        Await.until(
                "refusal",
                PATIENCE,
                () -> admin("/metrics")
                        .contains("chordata_certificate_changes_total{port=\"internal\",result=\"refused\"} 1.0"));
        assertThatThrownBy(() -> start("second"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll(
                        "the certificate of the internal port cannot be used", "used.pem", "node.chordata");
    }

    @Test
    void port_withTls_takesNothingPlain() throws IOException {
        for (HostPort port : List.of(node.s3(), node.admin())) {
            try (Socket plain = new Socket(port.host(), port.port())) {
                plain.setSoTimeout((int) PATIENCE.toMillis());
                plain.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(answer).doesNotContain("HTTP/");
            }
        }
    }

    /** Nobody says a word: the handshake counts as a head does, in number and in time. */
    @Test
    void connections_withoutAHandshake_areBoundedInNumberAndTime() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                silent.add(new Socket(node.s3().host(), node.s3().port()));
            }
            Await.until("one that is too many to be closed at once", PATIENCE, () -> {
                Socket next = new Socket(node.s3().host(), node.s3().port());
                silent.add(next);
                next.setSoTimeout(500);
                try {
                    return next.getInputStream().read() < 0;
                } catch (SocketTimeoutException e) {
                    // it has the place of one whose time is over
                    return false;
                }
            });
            for (Socket each : silent) {
                each.setSoTimeout((int) PATIENCE.toMillis());
                assertThat(each.getInputStream().read()).isNegative();
            }
            assertThat(nameAt(node.s3())).isEqualTo("CN=used");
        } finally {
            for (Socket each : silent) {
                each.close();
            }
        }
    }

    private HttpResponse<byte[]> signed(HttpClient client, String method, String path, byte[] body) {
        return signed(client, method, path, "", body);
    }

    private HttpResponse<byte[]> signed(HttpClient client, String method, String path, String parameters, byte[] body) {
        String authority = node.s3().toString();
        String query = new RequestSigner(ACCESS_KEY, SECRET_KEY, "us-east-1", "s3")
                .presign(
                        method,
                        path,
                        parameters,
                        MultiMap.caseInsensitiveMultiMap().set("Host", authority),
                        600,
                        System.currentTimeMillis());
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + authority + path + "?" + query))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A client that offers HTTP/2 first, and bodies of several blocks. */
    @Test
    void object_overTls_comesBackWhole() {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TrustedAuthority.context(authority.file("authority.pem")))
                .build();
        byte[] body = new byte[5 << 20];
        new Random(1).nextBytes(body);

        assertThat(signed(client, "PUT", "/bucket", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(signed(client, "PUT", "/bucket/key", body).statusCode()).isEqualTo(200);
        assertThat(signed(client, "GET", "/bucket/key", new byte[0]).body()).isEqualTo(body);
        assertThat(completeUpload(client)).contains("<Location>https://" + node.s3() + "/bucket/parts</Location>");
    }

    private String completeUpload(HttpClient client) {
        String upload = text(signed(client, "POST", "/bucket/parts", "uploads=", new byte[0]))
                .replaceFirst("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
        String id = "uploadId=" + upload;
        String tag = signed(client, "PUT", "/bucket/parts", "partNumber=1&" + id, new byte[9])
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        String parts = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + tag
                + "</ETag></Part></CompleteMultipartUpload>";
        return text(signed(client, "POST", "/bucket/parts", id, parts.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void command_thatTrustsTheAuthority_asksByHttps() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("CHORDATA_ADMIN", node.admin().toString());
        environment.put(
                "CHORDATA_ADMIN_AUTHORITY", authority.file("authority.pem").toString());
        environment.put("CHORDATA_ACCESS_KEY", ACCESS_KEY);
        environment.put("CHORDATA_SECRET_KEY", SECRET_KEY);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Chordata program =
                new Chordata(new Terminal(environment, new PrintWriter(out), new PrintWriter(err)), new Lifecycle());

        assertThat(program.run("status", "--json")).as(err.toString()).isZero();
        assertThat(program.run("keys", "list", "--json")).as(err.toString()).isZero();

        assertThat(out.toString()).contains("clusterId").contains("[]");
    }

    @Test
    void command_thatTrustsNoCertificateInAFile_saysSo() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("CHORDATA_ADMIN", node.admin().toString());
        environment.put("CHORDATA_ADMIN_AUTHORITY", authority.file("authority.pem") + ".absent");
        environment.put("CHORDATA_ACCESS_KEY", ACCESS_KEY);
        environment.put("CHORDATA_SECRET_KEY", SECRET_KEY);
        StringWriter err = new StringWriter();
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        Chordata program = new Chordata(new Terminal(environment, nobody, new PrintWriter(err)), new Lifecycle());

        assertThat(program.run("status")).isEqualTo(ExitCode.USAGE.number());
        assertThat(program.run("keys", "list")).isEqualTo(ExitCode.USAGE.number());

        assertThat(err.toString().split("holds no certificates to trust", -1)).hasSize(3);
    }
}
