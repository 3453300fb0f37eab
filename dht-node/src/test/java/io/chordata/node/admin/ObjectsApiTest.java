package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.AdminWorld.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in to the objects, and what of their request goes on to S3. */
class ObjectsApiTest {
    private static final List<String> SERVED = new CopyOnWriteArrayList<>();
    private static final S3Door DOOR = (request, accessKey, uri) -> {
        String cacheControl = request.getHeader("Cache-Control");
        SERVED.add(accessKey + " " + request.method() + " " + uri + (cacheControl == null ? "" : " " + cacheControl));
        request.response().end("served");
        request.resume();
    };
    private static final AdminWorld WORLD = new AdminWorld(AdminServer.Times.DEFAULT, DOOR);
    private static final AdminWorld CLOSED = new AdminWorld();

    @BeforeAll
    static void start() {
        WORLD.start();
        CLOSED.start();
    }

    @AfterAll
    static void stop() {
        WORLD.close();
        CLOSED.close();
    }

    @BeforeEach
    void forget() {
        SERVED.clear();
    }

    private record Session(String cookie, String csrf) {
        static Session begin(AdminWorld world) {
            JsonObject keys = new JsonObject().put("accessKey", "root").put("secretKey", "0123456789abcdef");
            Answer answer = world.send(
                    HttpMethod.POST, "/v1/session", Map.of("Content-Type", "application/json"), keys.encode());
            return new Session(
                    answer.headers().get("Set-Cookie").split(";", 2)[0],
                    new JsonObject(answer.body()).getString("csrf"));
        }

        Map<String, String> reading() {
            return Map.of("Cookie", cookie);
        }

        Map<String, String> writing() {
            return Map.of("Cookie", cookie, "x-chordata-csrf", csrf);
        }
    }

    private static Answer get(String path, Map<String, String> headers) {
        return WORLD.send(HttpMethod.GET, path, headers, "");
    }

    @ParameterizedTest
    @CsvSource({
        "/s3/, /",
        "/s3/?x-id=ListBuckets, /?x-id=ListBuckets",
        "/s3/photos?list-type=2&prefix=a%2Fb, /photos?list-type=2&prefix=a%2Fb",
        "/s3/photos/a/b, /photos/a/b",
        "/s3/photos/a%2F..%2Fb, /photos/a%2F..%2Fb",
        "/s3/photos%2F..%2Fa%2Fb?partNumber=1, /photos/..%2Fa%2Fb?partNumber=1",
        "/s3/photos%2f.., /photos/..",
        "/s3//a, //a"
    })
    void request_ofASession_goesOnToS3AsItIs(String path, String uri) {
        assertThat(get(path, Session.begin(WORLD).reading()).body()).isEqualTo("served");
        assertThat(SERVED).containsExactly("root GET " + uri);
    }

    @Test
    void request_ofNobody_isNotServedOnLoopbackEither() {
        assertThat(get("/s3/photos/a", Map.of()).status()).isEqualTo(401);
        assertThat(get("/s3/photos/a", Map.of("Cookie", "chordata-session=x.1.y"))
                        .status())
                .isEqualTo(401);
        assertThat(get("/s3/photos/a", Map.of("Authorization", "AWS4-HMAC-SHA256 x"))
                        .status())
                .isEqualTo(401);
        assertThat(SERVED).isEmpty();
    }

    @Test
    void write_withoutTheToken_changesNothing() {
        Session session = Session.begin(WORLD);

        assertThat(WORLD.send(HttpMethod.PUT, "/s3/photos/a", session.reading(), "x")
                        .status())
                .isEqualTo(403);
        assertThat(SERVED).isEmpty();
        assertThat(WORLD.send(HttpMethod.PUT, "/s3/photos/a", session.writing(), "x")
                        .status())
                .isEqualTo(200);
        assertThat(SERVED).containsExactly("root PUT /photos/a");
    }

    @Test
    void write_withAsMuchMetadataAsS3Takes_isServed() {
        Session session = Session.begin(WORLD);
        Map<String, String> headers = new HashMap<>(session.writing());
        headers.put("x-amz-meta-a", "a".repeat(12 << 10));

        assertThat(WORLD.send(HttpMethod.PUT, "/s3/photos/a", headers, "x").status())
                .isEqualTo(200);
    }

    @Test
    void write_onACondition_keepsNothingThatTheBrowserAdded() {
        Session session = Session.begin(WORLD);

        for (String cacheControl : List.of("no-cache", "max-age=60")) {
            Map<String, String> headers = new HashMap<>(session.writing());
            headers.put("Cache-Control", cacheControl);
            WORLD.send(HttpMethod.PUT, "/s3/photos/a", headers, "x");
        }
        assertThat(SERVED).containsExactly("root PUT /photos/a", "root PUT /photos/a max-age=60");
    }

    @ParameterizedTest
    @CsvSource({"script, 403", "iframe, 403", "style, 403", "worker, 403", "image, 200", "empty, 200", "document, 200"})
    void request_forAPartOfAPage_isServedIfThatCannotAct(String use, int status) {
        Session session = Session.begin(WORLD);

        assertThat(get("/s3/photos/a.js", Map.of("Cookie", session.cookie, "Sec-Fetch-Dest", use))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"same-origin, 200", "none, 200", "same-site, 403", "cross-site, 403"})
    void request_ofAPageFromElsewhere_isRefused(String from, int status) {
        Session session = Session.begin(WORLD);
        Map<String, String> headers = Map.of("Cookie", session.cookie, "Sec-Fetch-Site", from);

        assertThat(get("/s3/photos/a", headers).status()).isEqualTo(status);
        assertThat(get("/v1/session", headers).status()).isEqualTo(status);
    }

    @Test
    void request_ofASessionThatIsOver_isNotServed() {
        try (AdminWorld world = new AdminWorld(AdminServer.Times.DEFAULT, DOOR)) {
            world.start();
            Session session = Session.begin(world);
            world.aheadMillis = TimeUnit.HOURS.toMillis(12) - 60_000;
            assertThat(world.send(HttpMethod.GET, "/s3/photos/a", session.reading(), "")
                            .status())
                    .isEqualTo(200);

            world.aheadMillis = TimeUnit.HOURS.toMillis(12) + 1_000;
            assertThat(world.send(HttpMethod.GET, "/s3/photos/a", session.reading(), "")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void request_ofAKeyThatIsDeleted_isNotServed() {
        try (AdminWorld world = new AdminWorld(AdminServer.Times.DEFAULT, DOOR)) {
            world.start();
            Session session = Session.begin(world);
            world.isKeyDeleted = true;

            assertThat(world.send(HttpMethod.PUT, "/s3/photos/a", session.writing(), "x")
                            .status())
                    .isEqualTo(401);
            assertThat(SERVED).isEmpty();
        }
    }

    @Test
    void request_beforeS3IsServed_isUnavailable() {
        Session session = Session.begin(CLOSED);

        assertThat(CLOSED.send(HttpMethod.GET, "/s3/", session.reading(), "").status())
                .isEqualTo(503);
    }

    @Test
    void session_askedFor_isThatOfTheCookie() {
        Session session = Session.begin(WORLD);
        JsonObject shown = new JsonObject(get("/v1/session", session.reading()).body());

        assertThat(shown.getString("accessKey")).isEqualTo("root");
        assertThat(shown.getString("csrf")).isEqualTo(session.csrf);
        assertThat(shown.getLong("expires")).isGreaterThan(System.currentTimeMillis());
    }

    @Test
    void session_askedForByNobody_isNone() {
        JsonObject none = new JsonObject(get("/v1/session", Map.of()).body());

        assertThat(none.getMap()).hasSize(3).containsEntry("accessKey", null).containsEntry("csrf", null);
        assertThat(get("/v1/session", Map.of("Cookie", "chordata-session=cm9vdA.9999999999.x"))
                        .body())
                .isEqualTo(none.encode());
    }
}
