package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.AdminAuthenticator;
import io.chordata.node.admin.AdminRoute;
import io.chordata.node.admin.AdminServer;
import io.chordata.node.admin.ApiDocument;
import io.chordata.node.admin.ApiDocument.Operation;
import io.chordata.node.admin.ClusterHistory;
import io.chordata.node.admin.EventLog;
import io.chordata.node.admin.Health;
import io.chordata.node.admin.KeysApi;
import io.chordata.node.admin.LoopMonitor;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.cli.LoneNode.Answer;
import io.chordata.node.core.Uint128;
import io.chordata.node.process.Await;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.runtime.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the admin API, held against a whole node in this process. */
class AdminApiTest {
    @TempDir
    private static Path data;

    private static LoneNode node;
    private static ApiDocument api;
    private static String id;

    @BeforeAll
    static void start() {
        node = LoneNode.start(data);
        id = node.id();
        api = ApiDocument.parse(get("/v1/openapi.yaml").body());
        node.s3("PUT", "/shelf", "");
        node.s3("PUT", "/shelf/a%20b/%C3%A9.txt", "x".repeat(100_000));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Answer get(String path) {
        return node.get(path);
    }

    private static Answer signed(String method, String path, String body) {
        return node.signed(method, path, body);
    }

    private static void assertDescribed(String operation, Answer answer) {
        assertThat(api.faults(api.operation(operation), answer.status(), answer.contentType(), answer.body()))
                .as(operation + " answered " + answer)
                .isEmpty();
    }

    @Test
    void routes_ofTheServer_areTheOnesThatAreDescribed() {
        List<AdminRoute> routes = routes();
        Set<String> undescribed =
                new TreeSet<>(routes.stream().map(AdminRoute::toString).toList());
        for (Operation operation : api.operations().values()) {
            List<String> answering = routes.stream()
                    .filter(route -> route.answers(operation.method(), operation.sample()))
                    .map(AdminRoute::toString)
                    .toList();
            assertThat(answering)
                    .as(operation.method() + " " + operation.path())
                    .hasSize(1);
            undescribed.removeAll(answering);
        }
        assertThat(undescribed).isEmpty();
    }

    /** Of a server with all that a node gives its own. */
    private static List<AdminRoute> routes() {
        Vertx vertx = Vertx.vertx();
        NodeMeters meters = new NodeMeters();
        VertxLoops loops = new VertxLoops(vertx, 1);
        SystemClock clock = new SystemClock();
        AdminServer.Sources sources = new AdminServer.Sources(
                new Health(),
                new LoopMonitor(loops, 1, new VertxTimers(vertx, loops), clock, lag -> {}),
                meters,
                new NodeStatus(loops, new ProcessVitals()),
                new NodeRing(),
                new EventLog(Uint128.ZERO, clock),
                new ClusterHistory(),
                new KeysApi(() -> Future.failedFuture("nobody asks")),
                (request, accessKey, uri) -> {},
                NodeAssembly.changes(
                        (node, departure, accessKey) -> Future.failedFuture("nobody asks"),
                        (partition, gone, isUnsafe, accessKey) -> Future.failedFuture("nobody asks"),
                        () -> Future.failedFuture("nobody asks"),
                        (accessKey, bucket, key, seconds) -> Future.failedFuture("nobody asks")));
        try {
            return AdminServer.create(
                            vertx,
                            "127.0.0.1",
                            sources,
                            new AdminAuthenticator(key -> Future.failedFuture("nobody asks"), clock),
                            null)
                    .routes();
        } finally {
            meters.close();
            vertx.close().await();
        }
    }

    @Test
    void answer_ofEachKind_isAsDescribed() {
        Map<String, Answer> answers = new HashMap<>();
        answers.put("cluster", get("/v1/cluster"));
        answers.put("nodes", get("/v1/nodes"));
        answers.put("partitions", get("/v1/partitions"));
        answers.put("partition", get("/v1/partitions/255"));
        answers.put("ring", get("/v1/ring"));
        answers.put("lookup", get("/v1/lookup?key=photos%2Fa.jpg"));
        answers.put("flows", get("/v1/flows"));
        answers.put("history", history());
        answers.put("locate", get("/v1/objects/locate?bucket=shelf&key=a%20b%2F%C3%A9.txt"));
        answers.put("description", get("/v1/openapi.yaml"));
        answers.put("live", get("/health/live"));
        answers.put("ready", get("/health/ready"));
        answers.put("startup", get("/health/startup"));
        answers.put("clusterServed", get("/health/cluster"));
        answers.put("metrics", get("/metrics"));
        answers.put("undrain", signed("DELETE", "/v1/nodes/" + id + "/drain", ""));
        Answer made = signed("POST", "/v1/keys", "{\"note\":\"of a test\"}");
        answers.put("createKey", made);
        answers.put("keys", get("/v1/keys"));
        answers.put(
                "deleteKey", signed("DELETE", "/v1/keys/" + new JsonObject(made.body()).getString("accessKey"), ""));
        answers.put(
                "share", signed("POST", "/v1/objects/share", "{\"bucket\":\"shelf\",\"key\":\"a\",\"seconds\":60}"));
        answers.put("recover", signed("POST", "/v1/partitions/7/recover", ""));
        answers.put("init", signed("POST", "/v1/init", ""));
        answers.put("session", get("/v1/session"));
        answers.put("signIn", signIn(LoneNode.SECRET_KEY));
        answers.put("signOut", signed("DELETE", "/v1/session", ""));

        answers.forEach((operation, answer) -> {
            assertThat(answer.status()).as(operation + " " + answer).isEqualTo(200);
            assertDescribed(operation, answer);
        });
        Set<String> others = new TreeSet<>(api.operations().keySet());
        others.removeAll(answers.keySet());
        assertThat(others)
                .as("what a node alone refuses, and the stream of events, have tests of their own")
                .containsExactly("decommission", "drain", "events", "stoppable");
        assertDescribed("ring", get("/v1/ring?node=" + id));
        assertDescribed("lookup", get("/v1/lookup?via=fingers&from=" + id + "&id=" + "8".repeat(32)));
        assertThat(new JsonArray(answers.get("keys").body())).isNotEmpty();
        assertThat(new JsonObject(answers.get("locate").body()).getJsonArray("blocks"))
                .isNotEmpty();
    }

    /** Nobody listens to this node, and still it notes what there is. */
    private static Answer history() {
        Await.until(
                "the node looks around",
                LoneNode.PATIENCE,
                () -> get("/v1/history").body().contains("\"partition\":255,"));
        return get("/v1/history");
    }

    private static Answer signIn(String secretKey) {
        return node.send(signInRequest(secretKey));
    }

    private static HttpRequest signInRequest(String secretKey) {
        return HttpRequest.newBuilder(node.uri("/v1/session"))
                .timeout(LoneNode.PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"accessKey\":\"root\",\"secretKey\":\"" + secretKey + "\"}"))
                .build();
    }

    @Test
    void session_ofABrowser_isToldAsDescribed() {
        HttpResponse<String> begun = node.send(signInRequest(LoneNode.SECRET_KEY), BodyHandlers.ofString());
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");

        Answer told = node.send(HttpRequest.newBuilder(node.uri("/v1/session"))
                .timeout(LoneNode.PATIENCE)
                .header("Cookie", cookie)
                .build());

        assertThat(new JsonObject(told.body())).isEqualTo(new JsonObject(begun.body()));
        assertDescribed("session", told);
        Answer elsewhere = node.send(HttpRequest.newBuilder(node.uri("/v1/session"))
                .timeout(LoneNode.PATIENCE)
                .header("Sec-Fetch-Site", "cross-site")
                .build());
        assertThat(elsewhere.status()).isEqualTo(403);
        assertDescribed("session", elsewhere);
    }

    @ParameterizedTest
    @CsvSource({
        "partition,404,/v1/partitions/256",
        "ring,400,/v1/ring?node=7",
        "ring,400,/v1/ring?node=0123456789abcdef0123456789abcdef",
        "ring,400,/v1/ring?nod=7",
        "lookup,400,/v1/lookup",
        "lookup,400,/v1/lookup?key=a&id=b",
        "lookup,400,/v1/lookup?key=a&via=magic",
        "locate,400,/v1/objects/locate?bucket=shelf",
        "locate,404,/v1/objects/locate?bucket=shelf&key=absent",
        "locate,404,/v1/objects/locate?bucket=absent&key=absent",
        "stoppable,412,/health/stoppable",
        "live,404,/health/other",
        "cluster,404,/v1/other",
    })
    void question_thatIsWrong_isAnsweredAsDescribed(String operation, int status, String path) {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(status);
        assertDescribed(operation, answer);
    }

    @ParameterizedTest
    @CsvSource({
        "drain,409,POST,/v1/nodes/ID/drain",
        "drain,404,POST,/v1/nodes/0123456789abcdef0123456789abcdef/drain",
        "drain,400,POST,/v1/nodes/node-1/drain",
        "decommission,409,POST,/v1/nodes/ID/decommission",
        "recover,404,POST,/v1/partitions/256/recover",
        "deleteKey,404,DELETE,/v1/keys/CKABCDEFGHIJKLMNOPQR",
        "createKey,405,POST,/v1/other",
    })
    void change_thatIsRefused_isAnsweredAsDescribed(String operation, int status, String method, String path) {
        Answer answer = signed(method, path.replace("ID", id), "");
        assertThat(answer.status()).isEqualTo(status);
        assertDescribed(operation, answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "409 | {\"unsafe\":true} | goes on by itself",
                "404 | {\"gone\":[\"0123456789abcdef0123456789abcdef\"]} | Unknown node",
                "400 | {\"gone\":[\"node-1\"]} | Wrong id",
                "400 | {\"gone\":\"node-1\"} | Wrong body",
                "400 | {\"safe\":true} | Wrong body",
            })
    void recovery_thatIsRefused_isAnsweredAsDescribed(int status, String body, String why) {
        Answer answer = signed("POST", "/v1/partitions/7/recover", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
        assertDescribed("recover", answer);
    }

    @Test
    void change_byAStranger_isRefusedAsDescribed() {
        List<Answer> answers = new ArrayList<>();
        answers.add(node.signed("POST", "/v1/keys", "", "another-0123456789", System.currentTimeMillis()));
        answers.add(node.send(HttpRequest.newBuilder(node.uri("/v1/keys"))
                .POST(BodyPublishers.noBody())
                .build()));
        for (Answer answer : answers) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).contains("Sign-in needed");
            assertDescribed("createKey", answer);
        }
        assertThat(signIn("wrong").status()).isEqualTo(401);
        assertDescribed("signIn", signIn("wrong"));
        assertDescribed("signIn", signed("POST", "/v1/session", "{}"));
    }

    @ParameterizedTest
    @CsvSource({"3600,ahead of", "-3600,behind"})
    void change_underAWrongClock_isRefusedWithHowFarOffItIs(int seconds, String where) {
        Answer answer =
                node.signed("POST", "/v1/keys", "", LoneNode.SECRET_KEY, System.currentTimeMillis() + 1_000L * seconds);
        assertThat(answer.status()).isEqualTo(401);
        assertDescribed("createKey", answer);
        assertThat(answer.body())
                .contains("Clock skew")
                .containsPattern("is 3(600|59[0-9]) s " + where + " the node's");
    }

    @Test
    @Timeout(120)
    void events_asTheyCome_areAsDescribed() {
        HttpResponse<Stream<String>> answer =
                node.send(HttpRequest.newBuilder(node.uri("/v1/events?past")).build(), BodyHandlers.ofLines());
        assertThat(api.faults(
                        api.operation("events"),
                        answer.statusCode(),
                        answer.headers().firstValue("Content-Type").orElse("none"),
                        ""))
                .isEmpty();
        Set<String> types = new TreeSet<>();
        String[] type = {""};
        try (Stream<String> lines = answer.body()) {
            assertThat(lines.filter(line -> {
                                if (line.startsWith("event: ")) {
                                    type[0] = line.substring("event: ".length());
                                }
                                return line.startsWith("data: ");
                            })
                            .peek(line -> {
                                String text = line.substring("data: ".length());
                                assertThat(api.eventFaults(type[0], text))
                                        .as(line)
                                        .isEmpty();
                                types.add(type[0]);
                            })
                            .anyMatch(line -> types.containsAll(Set.of("ring", "traffic"))))
                    .isTrue();
        }
    }
}
