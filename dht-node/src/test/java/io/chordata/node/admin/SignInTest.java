package io.chordata.node.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.access.KeysUnavailableException;
import io.chordata.node.core.Uint128;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.runtime.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes the cluster is open to whoever is signed in, on loopback too, and to nobody else. */
class SignInTest {
    private static final String ACCESS_KEY = "root";
    private static final String SECRET_KEY = "0123456789abcdef";
    private static final String UNREADABLE = "unreadable";
    private static final String PATH = "/v1/things/7/push";
    private static final SystemClock CLOCK = new SystemClock();
    private static final long BODY_MILLIS = 2_000;
    private static final AtomicInteger CHANGES = new AtomicInteger();

    private static Vertx vertx;
    private static HttpClient client;
    private static NodeMeters meters;
    private static AdminServer server;
    private static int port;

    private record Answer(int status, MultiMap headers, String body) {}

    @BeforeAll
    static void listen() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
        meters = new NodeMeters();
        VertxLoops loops = new VertxLoops(vertx, 1);
        LoopMonitor monitor = new LoopMonitor(loops, 1, new VertxTimers(vertx, loops), CLOCK, lag -> {});
        ChangeRoute push =
                new ChangeRoute(HttpMethod.POST, Pattern.compile("/v1/things/([0-9]+)/push"), (change, path) -> {
                    CHANGES.incrementAndGet();
                    return Future.succeededFuture(new JsonObject()
                            .put("thing", path.group(1))
                            .put("by", change.accessKey())
                            .put("body", change.body().toString()));
                });
        server = AdminServer.create(
                vertx,
                "127.0.0.1",
                new AdminServer.Sources(
                        new Health(),
                        monitor,
                        meters,
                        new NoCluster(),
                        new FixedRing(),
                        new EventLog(Uint128.ZERO, CLOCK),
                        new ClusterHistory(),
                        AdminFixtures.noKeys(),
                        AdminFixtures.noDoor(),
                        List.of(push)),
                new AdminAuthenticator(
                        key -> key.equals(UNREADABLE)
                                ? Future.failedFuture(new KeysUnavailableException("no majority"))
                                : AdminFixtures.keys(ACCESS_KEY, SECRET_KEY).secretOf(key),
                        CLOCK),
                new AdminServer.Times(60_000, BODY_MILLIS, 15_000, 30_000, 60_000));
        port = server.listen("127.0.0.1", 0).await();
    }

    @AfterAll
    static void close() {
        server.close().await();
        meters.close();
        vertx.close().await();
    }

    @BeforeEach
    void count() {
        CHANGES.set(0);
    }

    @Test
    void change_signed_isMadeAndAnswered() {
        Answer answer = post(PATH, signed(PATH, ACCESS_KEY, SECRET_KEY, "{}"), "{}");

        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.body).isEqualTo("{\"thing\":\"7\",\"by\":\"root\",\"body\":\"{}\"}");
    }

    @Test
    void change_signedWithoutBody_isMade() {
        MultiMap headers = signed(PATH, ACCESS_KEY, SECRET_KEY, "");

        assertThat(post(PATH, headers, null).status).isEqualTo(200);
    }

    @Test
    void change_thatNobodySigned_isNotMadeOnLoopbackEither() {
        Answer answer = post(PATH, MultiMap.caseInsensitiveMultiMap(), "{}");

        assertThat(answer.status).isEqualTo(401);
        assertThat(answer.headers.get("WWW-Authenticate")).contains("service=\"chordata\"");
        assertThat(CHANGES).hasValue(0);
    }

    @Test
    void change_signedWithAnotherSecretOrForAnotherPath_isNotMade() {
        assertThat(post(PATH, signed(PATH, ACCESS_KEY, "fedcba9876543210", "{}"), "{}").status)
                .isEqualTo(401);
        assertThat(post(PATH, signed("/v1/things/8/push", ACCESS_KEY, SECRET_KEY, "{}"), "{}").status)
                .isEqualTo(401);
        assertThat(CHANGES).hasValue(0);
    }

    @Test
    void change_withAnotherBodyThanSigned_isNotMade() {
        assertThat(post(PATH, signed(PATH, ACCESS_KEY, SECRET_KEY, "{}"), "{\"more\":1}").status)
                .isEqualTo(400);
        assertThat(post(PATH, signed(PATH, ACCESS_KEY, SECRET_KEY, ""), "{}").status)
                .isEqualTo(400);
        assertThat(CHANGES).hasValue(0);
    }

    @Test
    void change_byAKeyThatCannotBeLookedUp_isUnavailableNotRefused() {
        assertThat(post(PATH, signed(PATH, UNREADABLE, SECRET_KEY, "{}"), "{}").status)
                .isEqualTo(503);
        assertThat(CHANGES).hasValue(0);
    }

    @Test
    void body_longerThanAnyIs_isRefused() {
        String body = "x".repeat(SmallBodies.MAX_BYTES + 1);

        assertThat(post(PATH, signed(PATH, ACCESS_KEY, SECRET_KEY, body), body).status)
                .isEqualTo(413);
        assertThat(CHANGES).hasValue(0);
    }

    @Test
    void body_thatDoesNotCome_isNotWaitedFor() throws IOException {
        StringBuilder head = new StringBuilder("POST " + PATH + " HTTP/1.1\r\nContent-Length: 2\r\n");
        signed(PATH, ACCESS_KEY, SECRET_KEY, "{}")
                .forEach(header -> head.append(header.getKey() + ": " + header.getValue() + "\r\n"));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(head.append("\r\n{").toString().getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void method_ofAnotherRoute_isRefusedWithThoseThatThereAre() {
        Answer answer = send(HttpMethod.DELETE, PATH, signed(PATH, ACCESS_KEY, SECRET_KEY, ""), null);

        assertThat(answer.status).isEqualTo(405);
        assertThat(answer.headers.get("Allow")).isEqualTo("POST");
    }

    private static Answer signInBy(String contentType, String body) {
        return post("/v1/session", MultiMap.caseInsensitiveMultiMap().set("Content-Type", contentType), body);
    }

    private static Answer signIn(String accessKey, String secretKey) {
        return signInBy(
                "application/json",
                new JsonObject()
                        .put("accessKey", accessKey)
                        .put("secretKey", secretKey)
                        .encode());
    }

    private static MultiMap session(String cookie, @Nullable String csrf) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Cookie", "other=1; " + cookie);
        return csrf == null ? headers : headers.set("x-chordata-csrf", csrf);
    }

    private static String cookie(Answer signedIn) {
        return signedIn.headers.get("Set-Cookie").split(";", 2)[0];
    }

    @Test
    void session_begun_changesWithItsToken() {
        Answer signedIn = signIn(ACCESS_KEY, SECRET_KEY);
        JsonObject body = new JsonObject(signedIn.body);

        assertThat(signedIn.headers.get("Set-Cookie"))
                .containsIgnoringCase("; HttpOnly")
                .contains("SameSite=Strict", "Path=/")
                .doesNotContain(SECRET_KEY);
        assertThat(body.fieldNames()).containsExactlyInAnyOrder("accessKey", "csrf", "expires");
        assertThat(post(PATH, session(cookie(signedIn), body.getString("csrf")), "{}").status)
                .isEqualTo(200);
    }

    @Test
    void session_withoutItsToken_changesNothing() {
        Answer signedIn = signIn(ACCESS_KEY, SECRET_KEY);

        assertThat(post(PATH, session(cookie(signedIn), null), "{}").status).isEqualTo(403);
        assertThat(post(PATH, session(cookie(signedIn), "x"), "{}").status).isEqualTo(403);
        assertThat(CHANGES).hasValue(0);
    }

    @Test
    void session_forgedOrOver_isNone() {
        Answer signedIn = signIn(ACCESS_KEY, SECRET_KEY);
        String csrf = new JsonObject(signedIn.body).getString("csrf");
        String cookie = cookie(signedIn);
        int dot = cookie.indexOf('.');
        for (String forged : List.of(
                "chordata-session=",
                "chordata-session=..",
                "chordata-session=%%%.1.x",
                "chordata-session=cm9vdA.99999999999999999999.x",
                cookie + "x",
                cookie.substring(0, dot + 1) + "9" + cookie.substring(dot + 1),
                cookie.substring(0, dot + 1) + "1" + cookie.substring(cookie.lastIndexOf('.')))) {
            assertThat(post(PATH, session(forged, csrf), "{}").status)
                    .as(forged)
                    .isEqualTo(401);
        }
        assertThat(CHANGES).hasValue(0);
    }

    @Test
    void session_ofAWrongSecretOrAnUnknownKey_doesNotBegin() {
        Answer wrong = signIn(ACCESS_KEY, "fedcba9876543210");

        assertThat(wrong.status).isEqualTo(401);
        assertThat(wrong.headers.get("Set-Cookie")).isNull();
        assertThat(signIn("nobody", SECRET_KEY).body).isEqualTo(wrong.body);
        assertThat(signIn(UNREADABLE, SECRET_KEY).status).isEqualTo(503);
    }

    @Test
    void session_askedForWrongly_doesNotBegin() {
        assertThat(signInBy("text/plain", "{}").status).isEqualTo(415);
        assertThat(signInBy("application/json", "nonsense").status).isEqualTo(400);
        assertThat(signInBy("application/json", "{\"accessKey\":[]}").status).isEqualTo(400);
        assertThat(signInBy("application/json", "{}").status).isEqualTo(401);
        assertThat(signInBy("application/json", "x".repeat(SmallBodies.MAX_BYTES + 1)).status)
                .isEqualTo(413);
        assertThat(send(HttpMethod.PUT, "/v1/session", MultiMap.caseInsensitiveMultiMap(), null).status)
                .isEqualTo(405);
    }

    @Test
    void session_ended_leavesNoCookie() {
        Answer ended = send(HttpMethod.DELETE, "/v1/session", MultiMap.caseInsensitiveMultiMap(), null);

        assertThat(ended.headers.get("Set-Cookie")).contains("chordata-session=;", "Max-Age=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void session_thatAPageFromElsewhereBeginsOrEnds_isRefused(String from) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Content-Type", "application/json")
                .set("Sec-Fetch-Site", from);
        String keys = new JsonObject()
                .put("accessKey", ACCESS_KEY)
                .put("secretKey", SECRET_KEY)
                .encode();

        for (Answer answer : List.of(
                send(HttpMethod.POST, SessionApi.PATH, headers, keys),
                send(HttpMethod.DELETE, SessionApi.PATH, headers, null))) {
            assertThat(answer.status).isEqualTo(403);
            assertThat(answer.headers.get("Set-Cookie")).isNull();
        }
        headers.set("Sec-Fetch-Site", "same-origin");
        assertThat(send(HttpMethod.POST, SessionApi.PATH, headers, keys).status).isEqualTo(200);
    }

    private static MultiMap signed(String path, String accessKey, String secretKey, String body) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", "localhost");
        new RequestSigner(accessKey, secretKey, "us-east-1", "chordata")
                .sign("POST", path, "", headers, SmallBodies.sha256(Buffer.buffer(body)), CLOCK.wallMillis());
        return headers;
    }

    private static Answer post(String path, MultiMap headers, @Nullable String body) {
        return send(HttpMethod.POST, path, headers, body);
    }

    private static Answer send(HttpMethod method, String path, MultiMap headers, @Nullable String body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .setHeaders(headers);
        return client.request(options)
                .compose(request -> (body == null ? request.send() : request.send(body))
                        .compose(response -> response.body()
                                .map(bytes -> new Answer(response.statusCode(), response.headers(), bytes.toString()))))
                .await();
    }
}
