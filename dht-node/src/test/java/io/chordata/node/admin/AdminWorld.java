package io.chordata.node.admin;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Uint128;
import io.chordata.node.process.Await;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.runtime.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A real admin server on loopback, with a ring and a log of events that a test has in its hands. */
final class AdminWorld implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /** How far the clock is ahead by which sessions end. */
    volatile long aheadMillis;

    volatile boolean isKeyDeleted;
    final FixedRing ring = new FixedRing();
    final EventLog events = new EventLog(new Uint128(0xabcdef, 5), new SystemClock());
    final ClusterHistory history = new ClusterHistory();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final NodeMeters meters = new NodeMeters();
    private final HttpClient client = vertx.createHttpClient();
    private final AdminServer server;
    private int port;

    AdminWorld() {
        this(AdminServer.Times.DEFAULT);
    }

    AdminWorld(AdminServer.Times times) {
        this(times, AdminFixtures.noDoor());
    }

    AdminWorld(AdminServer.Times times, S3Door door) {
        VertxLoops loops = new VertxLoops(vertx, 1);
        LoopMonitor monitor = new LoopMonitor(loops, 1, new VertxTimers(vertx, loops), new SystemClock(), lag -> {});
        server = AdminServer.create(
                vertx,
                "127.0.0.1",
                new AdminServer.Sources(
                        new Health(),
                        monitor,
                        meters,
                        new NoCluster(),
                        ring,
                        events,
                        history,
                        AdminFixtures.noKeys(),
                        door,
                        List.of()),
                new AdminAuthenticator(
                        key -> isKeyDeleted
                                ? Future.succeededFuture()
                                : AdminFixtures.keys("root", "0123456789abcdef").secretOf(key),
                        clock()),
                times);
    }

    private Clock clock() {
        SystemClock clock = new SystemClock();
        return new Clock() {
            @Override
            public long wallMillis() {
                return clock.wallMillis() + aheadMillis;
            }

            @Override
            public long monotonicNanos() {
                return clock.monotonicNanos();
            }
        };
    }

    record Answer(int status, MultiMap headers, String body) {}

    void start() {
        port = join(server.listen("127.0.0.1", 0));
    }

    void stop() {
        join(server.close());
    }

    @Override
    public void close() {
        stop();
        meters.close();
        join(vertx.close());
    }

    Answer get(String path) {
        return send(HttpMethod.GET, path, Map.of(), "");
    }

    Answer send(HttpMethod method, String path, Map<String, String> headers, String body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path);
        headers.forEach(options::putHeader);
        return join(client.request(options)
                .compose(request -> request.send(body)
                        .compose(response -> response.body()
                                .map(bytes ->
                                        new Answer(response.statusCode(), response.headers(), bytes.toString())))));
    }

    int openAnswers() {
        return server.openAnswers();
    }

    int openStreams() {
        return server.openStreams();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return socket;
    }

    /** Its system takes little that the test does not read. */
    Socket connectWithSmallBuffer() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return socket;
    }

    void until(BooleanSupplier condition) {
        Await.until("what the test waits for", Duration.ofSeconds(PATIENCE_SECONDS), condition::getAsBoolean);
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
