package io.chordata.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Await;
import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.rpc.TestCertificates;
import io.chordata.node.tls.TlsFilesException;
import io.chordata.node.tls.TlsMaterial;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guarded port with TLS, on one event loop. */
class HttpTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HEADER_MILLIS = 5_000;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final AtomicInteger requests = new AtomicInteger();
    private HttpTls tls;
    private HttpServer server;

    @BeforeEach
    void listen() throws TlsFilesException {
        RpcTlsOptions files = new TestCertificates(folder).issue("server");
        tls = HttpTls.of(vertx, TlsMaterial.load(vertx, files.files(), System.currentTimeMillis()));
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        Http1ServerConfig http1 = ConnectionGuard.config(options);
        ConnectionGuard guard = new ConnectionGuard(9, HEADER_MILLIS, tls, () -> {});
        server = vertx.createHttpServer(options)
                .connectionHandler(connection -> guard.admit(connection, http1))
                .requestHandler(this::answerLate)
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void close() {
        server.close().await();
        vertx.close().await();
    }

    private void answerLate(HttpServerRequest request) {
        requests.incrementAndGet();
        vertx.setTimer(2 * HEADER_MILLIS, fired -> request.response().end("done"));
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.actualPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** On a machine with much else to do a handshake may take longer than a head, and is begun again then. */
    private SSLSocket request() throws IOException, GeneralSecurityException {
        while (true) {
            SSLSocket socket = connect();
            try {
                socket.startHandshake();
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                Await.until("the request", PATIENCE, () -> requests.get() > 0);
                return socket;
            } catch (SSLException | SocketException e) {
                socket.close();
            }
        }
    }

    @Test
    void record_ofTlsItself_beginsNoHead() throws Exception {
        try (SSLSocket socket = request()) {
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");

            socket.startHandshake(); // sends new keys, and asks for some

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("done");
        }
    }

    @Test
    void handshakes_whileTheirThreadsAreBusy_leaveTheEventLoopFree() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        ThreadPoolExecutor threads = tls.handshakes();
        for (int i = 0; i < threads.getMaximumPoolSize(); i++) {
            threads.execute(() -> awaitQuietly(free));
        }
        try (SSLSocket socket = connect()) {
            CompletableFuture<Void> handshake = CompletableFuture.runAsync(() -> {
                try {
                    socket.startHandshake();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Await.until(
                    "the handshake to wait", PATIENCE, () -> !threads.getQueue().isEmpty());

            assertThat(Future.future(done -> vertx.runOnContext(any -> done.complete()))
                            .await())
                    .isNull();
            assertThat(handshake).isNotDone();
        } finally {
            free.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Trust is not what is tested here. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
