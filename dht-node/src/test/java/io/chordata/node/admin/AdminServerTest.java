package io.chordata.node.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.admin.Health.Phase;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeVitals;
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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
    private static final String ACCESS_KEY = "root";
    private static final String SECRET_KEY = "0123456789abcdef";
    private static final long HEADER_TIMEOUT_MILLIS = 1_000;
    private static final AdminServer.Times GUARDED =
            new AdminServer.Times(60_000, HEADER_TIMEOUT_MILLIS, 15_000, 30_000, 60_000);
    private static final SystemClock CLOCK = new SystemClock();

    private static volatile Future<Boolean> served = Future.succeededFuture(true);
    private static Vertx vertx;
    private static HttpClient client;
    private static Health health;
    private static NodeMeters meters;
    private static AdminServer.Sources sources;
    private static AdminServer loopback;
    private static AdminServer open;
    private static AdminServer guarded;
    private static int loopbackPort;
    private static int guardedPort;
    private static int openPort;

    private record Answer(int status, MultiMap headers, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    private static final class FixedStatus implements ClusterStatus {
        @Override
        public Future<ClusterView> cluster() {
            return Future.succeededFuture(new ClusterView("c1", "n1", 1, 2, 1, 1, "healthy", 0, 0, 0, 1, 1, 0));
        }

        @Override
        public Future<Boolean> isServed() {
            return served;
        }

        @Override
        public Future<List<NodeView>> nodes() {
            return Future.succeededFuture(List.of(
                    new NodeView(
                            AdminFixtures.node(1),
                            new NodeLoad(2, 1, 0, 5, 100, 900, 0.5, new NodeVitals(0.25, 400L, 500L, 6L, 7L)),
                            false),
                    new NodeView(AdminFixtures.node(2), null, false)));
        }

        @Override
        public Future<List<PartitionView>> partitions() {
            return Future.succeededFuture(List.of(partition(0), partition(1)));
        }

        private static PartitionView partition(int number) {
            return new PartitionView(
                    number, "00", List.of("n1"), List.of("n1"), List.of(), "n1", 1, 7, null, null, null, "healthy");
        }

        @Override
        public Future<ObjectPlaceView> locate(String bucket, String key) {
            return key.equals("absent")
                    ? Future.failedFuture(new ProblemException(404, "No such key", "no object '" + key + "'"))
                    : Future.succeededFuture(new ObjectPlaceView(
                            1,
                            "n1",
                            List.of("n1"),
                            "null",
                            3,
                            false,
                            List.of(new ObjectPlaceView.BlockPlace(0, "b0", 0, List.of("n1")))));
        }
    }

    @BeforeAll
    static void listen() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        client = vertx.createHttpClient();
        health = new Health();
        health.isNeeded(true);
        health.joinedRing();
        health.become(Phase.SERVING);
        meters = new NodeMeters();
        VertxLoops loops = new VertxLoops(vertx, 1);
        LoopMonitor monitor = new LoopMonitor(loops, 1, new VertxTimers(vertx, loops), CLOCK, lag -> {});
        monitor.start();
        sources = new AdminServer.Sources(
                health,
                monitor,
                meters,
                new FixedStatus(),
                new FixedRing(),
                new EventLog(Uint128.ZERO, CLOCK),
                new ClusterHistory(),
                AdminFixtures.noKeys(),
                AdminFixtures.noDoor(),
                List.of());
        AdminAuthenticator authenticator = new AdminAuthenticator(AdminFixtures.keys(ACCESS_KEY, SECRET_KEY), CLOCK);
        loopback = AdminServer.create(vertx, "127.0.0.1", sources, authenticator);
        open = AdminServer.create(vertx, "0.0.0.0", sources, authenticator);
        guarded = AdminServer.create(vertx, "127.0.0.1", sources, authenticator, GUARDED);
        guardedPort = join(guarded.listen("127.0.0.1", 0));
        loopbackPort = join(loopback.listen("127.0.0.1", 0));
        openPort = join(open.listen("0.0.0.0", 0));
    }

    @AfterAll
    static void close() {
        join(loopback.close());
        join(open.close());
        join(guarded.close());
        meters.close();
        join(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({"live,200", "ready,200", "startup,200", "cluster,200", "stoppable,412", "wonderful,404"})
    void probe_ofAServingNode_answers(String probe, int status) {
        assertThat(get(loopbackPort, "/health/" + probe).status).isEqualTo(status);
    }

    @Test
    void probe_ofAClusterThatIsNotServedOrNotKnown_isUnavailable() {
        for (Future<Boolean> not : List.of(Future.succeededFuture(false), Future.<Boolean>failedFuture("unknown"))) {
            served = not;
            assertThat(get(loopbackPort, "/health/cluster").status).isEqualTo(503);
        }
        served = Future.succeededFuture(true);
        assertThat(get(loopbackPort, "/health/cluster").status).isEqualTo(200);
    }

    @Test
    void probes_fromElsewhere_needNoSignature() {
        assertThat(get(openPort, "/health/ready").status).isEqualTo(200);
        assertThat(get(openPort, "/metrics").status).isEqualTo(200);
    }

    @Test
    void metrics_scraped_haveOurNamesAndThoseOfTheJvm() {
        new S3Meters(meters).answered("PutObject", 200, 10, 0, 1_000_000);
        Answer answer = get(loopbackPort, "/metrics");

        assertThat(answer.headers.get("content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body)
                .contains("chordata_s3_requests_total{code=\"200\",operation=\"PutObject\"} 1.0")
                .contains("chordata_s3_received_bytes_total{operation=\"PutObject\"} 10.0")
                .contains("chordata_s3_latency_seconds_bucket{operation=\"PutObject\",le=\"0.001\"} 1")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void cluster_asked_answersAsDesigned() {
        assertThat(get(loopbackPort, "/v1/cluster").json()).isEqualTo(new JsonObject("""
                                {"clusterId":"c1","self":"n1","version":1,"partitions":2,"replication":1,"nodes":1,"state":"healthy",
                                 "underReplicated":0,"noMajority":0,"moving":0,"zonesYielded":1,"draining":1,"drained":0}"""));
    }

    @Test
    void nodes_asked_answersAsDesigned() {
        assertThat(new JsonArray(get(loopbackPort, "/v1/nodes").body)).isEqualTo(new JsonArray("""
                        [{"id":"00000000000000070000000000000001","name":"node-1","s3":"node-1:9000","admin":"node-1:9001",
                          "internal":"node-1:7000","zone":"a","weight":1,"state":"alive","incarnation":3,"version":"1.0",
                          "partitions":2,"leaders":1,"objects":null,"blocks":5,"bytesUsed":100,"bytesFree":900,"load":0.5,
                          "cpu":0.25,"memoryBytesUsed":400,"memoryBytesMax":500,"startedAt":6,"scrubbedAt":7},
                         {"id":"00000000000000070000000000000002","name":"node-2","s3":"node-2:9000","admin":"node-2:9001",
                          "internal":"node-2:7000","zone":"a","weight":2.5,"state":"suspect","incarnation":3,"version":"1.0",
                          "partitions":null,"leaders":null,"objects":null,"blocks":null,"bytesUsed":null,"bytesFree":null,
                          "load":null,"cpu":null,"memoryBytesUsed":null,"memoryBytesMax":null,"startedAt":null,
                          "scrubbedAt":null}]"""));
    }

    @Test
    void partitions_askedForAllAndForOne_answerAsDesigned() {
        JsonArray all = new JsonArray(get(loopbackPort, "/v1/partitions").body);

        assertThat(all).hasSize(2);
        assertThat(all.getJsonObject(0).fieldNames())
                .containsExactly(
                        "partition",
                        "point",
                        "desired",
                        "voters",
                        "learners",
                        "leader",
                        "term",
                        "commitIndex",
                        "records",
                        "blocks",
                        "bytes",
                        "state",
                        "moves");
        assertThat(get(loopbackPort, "/v1/partitions/1").json()).isEqualTo(all.getJsonObject(1));
    }

    @Test
    void object_located_answersAsDesigned() {
        assertThat(get(loopbackPort, "/v1/objects/locate?bucket=b&key=a%2Fb").json())
                .isEqualTo(new JsonObject("""
                                {"partition":1,"leader":"n1","replicas":["n1"],"versionId":"null","size":3,"inline":false,
                                 "blocks":[{"index":0,"id":"b0","partition":0,"replicas":["n1"]}]}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/partitions/2,404",
        "/v1/partitions/01,404",
        "/v1/partitions/x,404",
        "/v1/objects/locate,400",
        "/v1/objects/locate?bucket=b&key=,400",
        "/v1/objects/locate?bucket=%zz&key=k,400",
        "/v1/objects/locate?bucket=b&key=%,400",
        "/v1/objects/locate?bucket=b&key=absent,404",
        "/nothing,404",
        "/..%2f..%2fetc/passwd,404",
        "/files.txt,404"
    })
    void question_thatCannotBeAnswered_isAProblem(String path, int status) {
        Answer answer = get(loopbackPort, path);

        assertThat(answer.status).isEqualTo(status);
        assertThat(answer.headers.get("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getInteger("status")).isEqualTo(status);
        assertThat(answer.json().getString("detail")).isNotBlank();
    }

    @Test
    void method_thatChanges_isRefused() {
        Answer answer = send(loopbackPort, HttpMethod.POST, "/v1/cluster", MultiMap.caseInsensitiveMultiMap());

        assertThat(answer.status).isEqualTo(405);
        assertThat(answer.headers.get("allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/cluster", "/metrics", "/health/ready"})
    void name_ofAnAttacker_isRefusedOnLoopback(String path) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", "rebound.example.org");

        assertThat(send(loopbackPort, HttpMethod.GET, path, headers).status).isEqualTo(421);
    }

    @Test
    void console_asked_comesWithAStrictPolicyAndIsRevalidated() {
        Answer page = get(loopbackPort, "/");
        MultiMap known = MultiMap.caseInsensitiveMultiMap().set("If-None-Match", page.headers.get("etag"));

        assertThat(page.headers.get("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.headers.get("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers.get("cache-control")).isEqualTo("no-cache");
        assertThat(page.headers.get("x-content-type-options")).isEqualTo("nosniff");
        assertThat(send(loopbackPort, HttpMethod.GET, "/", known).status).isEqualTo(304);
        assertThat(get(loopbackPort, "/app.js").headers.get("content-type")).startsWith("text/javascript");
        assertThat(get(loopbackPort, "/tokens.css").headers.get("content-type")).startsWith("text/css");
    }

    @Test
    void head_ofAPage_hasItsLengthAndNoBody() {
        Answer head = send(loopbackPort, HttpMethod.HEAD, "/", MultiMap.caseInsensitiveMultiMap());

        assertThat(head.body).isEmpty();
        assertThat(Integer.parseInt(head.headers.get("content-length"))).isPositive();
    }

    @Test
    void status_fromElsewhere_needsTheRootKeysSignature() {
        Answer unsigned = get(openPort, "/v1/cluster");
        assertThat(unsigned.status).isEqualTo(401);
        assertThat(unsigned.headers.get("WWW-Authenticate"))
                .isEqualTo("AWS4-HMAC-SHA256 realm=\"Chordata\", service=\"chordata\"");
        assertThat(signed("/v1/cluster", ACCESS_KEY, SECRET_KEY, "chordata", 0)).isEqualTo(200);
        assertThat(signed("/v1/objects/locate?bucket=b&key=a%2Fb", ACCESS_KEY, SECRET_KEY, "chordata", 0))
                .isEqualTo(200);
    }

    @Test
    void status_signedWrongly_isRefused() {
        assertThat(signed("/v1/cluster", "other", SECRET_KEY, "chordata", 0)).isEqualTo(401);
        assertThat(signed("/v1/cluster", ACCESS_KEY, "fedcba9876543210", "chordata", 0))
                .isEqualTo(401);
        assertThat(signed("/v1/cluster", ACCESS_KEY, SECRET_KEY, "s3", 0)).isEqualTo(401);
        assertThat(signed("/v1/cluster", ACCESS_KEY, SECRET_KEY, "chordata", -16))
                .isEqualTo(401);
        assertThat(signed("/v1/cluster", ACCESS_KEY, SECRET_KEY, "chordata", 16))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic cm9vdDpyb290",
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA256 Credential=root/20260101/us-east-1/chordata/aws4_request, SignedHeaders=host;x-amz-date",
                "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00"
            })
    void authorization_malformed_isRefused(String authorization) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Authorization", authorization)
                .set("X-Amz-Date", "20260101T000000Z");

        assertThat(send(openPort, HttpMethod.GET, "/v1/nodes", headers).status).isEqualTo(401);
    }

    @Test
    void head_thatTrickles_isNotWaitedFor() throws IOException {
        try (Socket socket = connect(guardedPort)) {
            long begin = System.nanoTime();
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - begin).toMillis())
                    .isGreaterThanOrEqualTo(HEADER_TIMEOUT_MILLIS);
        }
    }

    @Test
    void headerLine_withoutAName_isRefused() throws IOException {
        try (Socket socket = connect(guardedPort)) {
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void connections_beyondTheLimit_areClosedAtOnce() throws IOException {
        AdminServer limited = AdminServer.create(
                vertx, "127.0.0.1", sources, new AdminAuthenticator(AdminFixtures.keys(ACCESS_KEY, SECRET_KEY), CLOCK));
        int port = join(limited.listen("127.0.0.1", 0));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i <= AdminServer.CONNECTIONS_MAX; i++) {
                sockets.add(connect(port));
            }
            Socket last = sockets.get(sockets.size() - 1);
            assertThat(last.getInputStream().read()).isEqualTo(-1);
            sockets.get(0)
                    .getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(sockets.get(0).getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        } finally {
            join(limited.close());
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(15_000);
        return socket;
    }

    @Test
    void host_thatNobodyKnows_isRefusedByName() {
        assertThatThrownBy(() -> AdminServer.create(
                        vertx,
                        "no such host",
                        sources,
                        new AdminAuthenticator(AdminFixtures.keys(ACCESS_KEY, SECRET_KEY), CLOCK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'no such host'");
    }

    private static int signed(String uri, String accessKey, String secretKey, String service, int minutesOff) {
        int mark = uri.indexOf('?');
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", "node.example.org:9001");
        new RequestSigner(accessKey, secretKey, "us-east-1", service)
                .sign(
                        "GET",
                        mark < 0 ? uri : uri.substring(0, mark),
                        mark < 0 ? "" : uri.substring(mark + 1),
                        headers,
                        PayloadHash.EMPTY,
                        CLOCK.wallMillis() + TimeUnit.MINUTES.toMillis(minutesOff));
        return send(openPort, HttpMethod.GET, uri, headers).status;
    }

    private static Answer get(int port, String uri) {
        return send(port, HttpMethod.GET, uri, MultiMap.caseInsensitiveMultiMap());
    }

    private static Answer send(int port, HttpMethod method, String uri, MultiMap headers) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(uri)
                .setHeaders(headers);
        return join(client.request(options)
                .compose(request -> request.send()
                        .compose(response -> response.body()
                                .map(body -> new Answer(response.statusCode(), response.headers(), body.toString())))));
    }

    private static <T> T join(Future<T> future) {
        return future.await();
    }
}
