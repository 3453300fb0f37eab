package io.chordata.client.admin;

import static io.chordata.client.admin.AdminPort.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.admin.AdminException.Kind;
import io.chordata.client.admin.AdminOptions.Keys;
import io.chordata.client.admin.Founding.State;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminClientTest {
    private static final String CLUSTER = """
        {"clusterId":"%s","version":7,"partitions":256,"replication":3,"nodes":5,"state":"degraded",\
        "underReplicated":1,"noMajority":2,"moving":3,"zonesYielded":4,"draining":1,"drained":0,"more":[]}\
        """.formatted(ID);
    private static final Keys KEYS = new Keys("root", "0123456789abcdef");

    private Vertx vertx;
    private AdminPort one;
    private AdminPort two;

    @BeforeEach
    void listen() {
        vertx = Vertx.vertx();
        one = new AdminPort(vertx);
        two = new AdminPort(vertx);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        vertx.close().await();
    }

    private BlockingAdminClient client(@Nullable Keys keys, URI... nodes) {
        return BlockingAdminClient.open(AdminOptions.of(List.of(nodes), keys));
    }

    private static AdminException failure(Runnable call) {
        return catchThrowableOfType(AdminException.class, call::run);
    }

    @Test
    void cluster_ofAnyRelease_isReadWithoutWhatIsNotKnown() {
        one.answers(200, CLUSTER);
        try (BlockingAdminClient client = client(null, one.uri())) {
            assertThat(client.cluster())
                    .isEqualTo(new Cluster(ID, 7, 256, 3, 5, Cluster.State.DEGRADED, 1, 2, 3, 4, 1, 0));
        }
        assertThat(one.asked()).containsExactly("GET /v1/cluster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "nonsense", "{}", "{\"clusterId\":7}"})
    void answer_thatIsNone_isNotUnderstood(String body) {
        one.answers(200, body);
        try (BlockingAdminClient client = client(null, one.uri())) {
            assertThat(failure(client::cluster).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
        }
    }

    @Test
    void constant_ofANewerRelease_isOther() {
        one.answers(200, CLUSTER.replace("degraded", "euphoric"));
        try (BlockingAdminClient client = client(null, one.uri())) {
            assertThat(client.cluster().state()).isEqualTo(Cluster.State.OTHER);
        }
    }

    @Test
    void request_withWordsOfPeople_isEncoded() {
        one.answers(404, "");
        try (BlockingAdminClient client = client(null, one.uri())) {
            failure(() -> client.locate("a b", "x/\u00e9&=?.txt"));
            failure(() -> client.lookup(LookupQuery.ofKey("+").from(ID).withFingersOnly()));
        }
        assertThat(one.asked())
                .containsExactly(
                        "GET /v1/objects/locate?bucket=a%20b&key=x%2F%C3%A9%26%3D%3F.txt",
                        "GET /v1/lookup?key=%2B&from=" + ID + "&via=fingers");
    }

    @ParameterizedTest
    @CsvSource({
        "401,Sign-in needed,NOT_SIGNED_IN",
        "401,Clock skew,CLOCK_SKEW",
        "403,Token needed,NOT_SIGNED_IN",
        "404,No such key,NOT_FOUND",
        "409,Too many keys,REFUSED",
        "400,Wrong parameter,WRONG_REQUEST",
        "421,Wrong host,WRONG_REQUEST",
        "503,Not serving,UNAVAILABLE",
    })
    void problem_ofANode_isToldApart(int status, String title, Kind kind) {
        one.answers(status, "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"detail\":\"so it is\"}");
        try (BlockingAdminClient client = client(KEYS, one.uri())) {
            AdminException failure = failure(client::keys);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessage(title + ": so it is");
        }
    }

    @Test
    void failure_ofSomethingElse_isToldByItsStatus() {
        one.answers(502, "<html>");
        try (BlockingAdminClient client = client(null, one.uri())) {
            assertThat(failure(client::nodes)).hasMessage("the node answered with status 502");
        }
    }

    @Test
    void change_withKeys_isSignedForTheService() {
        List<String> signatures = new CopyOnWriteArrayList<>();
        one.answers(request -> {
            signatures.add(request.getHeader("Authorization"));
            AdminPort.json(
                    request, 200, "{\"accessKey\":\"CK\",\"secretKey\":\"s3cret\",\"note\":\"n\",\"created\":5}");
        });
        try (BlockingAdminClient client = client(KEYS, one.uri())) {
            NewKey made = client.createKey("n");
            assertThat(made.key()).isEqualTo(new Key("CK", "n", 5));
            assertThat(made.secretKey()).isEqualTo("s3cret");
            assertThat(made.toString()).doesNotContain("s3cret");
        }
        assertThat(signatures.get(0)).contains("Credential=root/", "/chordata/aws4_request", "host;");
        assertThat(one.asked()).containsExactly("POST /v1/keys {\"note\":\"n\"}");
    }

    @Test
    void change_withoutKeys_isNotEvenAsked() {
        try (BlockingAdminClient client = client(null, one.uri())) {
            assertThat(failure(() -> client.drain(ID)).kind()).isEqualTo(Kind.NOT_SIGNED_IN);
        }
        assertThat(one.asked()).isEmpty();
    }

    @Test
    void node_thatIsGone_isPassedOverFromThenOn() {
        URI gone = one.uri();
        one.close();
        two.answers(200, CLUSTER);
        try (BlockingAdminClient client = client(null, gone, two.uri())) {
            client.cluster();
            client.cluster();
        }
        assertThat(two.asked()).hasSize(2);
    }

    @Test
    void nodes_thatAreAllGone_areNamed() {
        URI gone = one.uri();
        URI goneToo = two.uri();
        one.close();
        two.close();
        try (BlockingAdminClient client = client(null, gone, goneToo)) {
            AdminException failure = failure(client::cluster);
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining(gone.toString()).hasMessageContaining(goneToo.toString());
        }
    }

    @Test
    void node_thatCannotTell_isPassedOver() {
        one.answers(503, "{\"title\":\"Not serving\",\"detail\":\"the node is starting\"}");
        two.answers(200, CLUSTER);
        try (BlockingAdminClient client = client(null, one.uri(), two.uri())) {
            assertThat(client.cluster().nodes()).isEqualTo(5);
        }
    }

    @Test
    void key_whoseAnswerWasLost_isNotMadeTwice() {
        one.answers(request -> request.connection().close());
        try (BlockingAdminClient client = client(KEYS, one.uri(), two.uri())) {
            assertThat(failure(() -> client.createKey("n")).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        }
        assertThat(two.asked()).isEmpty();
    }

    @Test
    void drain_whoseAnswerWasLost_isAskedOfAnother() {
        one.answers(request -> request.connection().close());
        two.answers(200, "{\"id\":\"" + ID + "\",\"state\":\"draining\"}");
        try (BlockingAdminClient client = client(KEYS, one.uri(), two.uri())) {
            assertThat(client.drain(ID)).isEqualTo(NodeState.DRAINING);
        }
        assertThat(two.asked()).containsExactly("POST /v1/nodes/" + ID + "/drain");
    }

    @Test
    void drain_thatWasLostAndThenNotTaken_hasAnUnknownOutcome() {
        URI gone = two.uri();
        two.close();
        one.answers(request -> request.connection().close());
        try (BlockingAdminClient client = client(KEYS, one.uri(), gone)) {
            assertThat(failure(() -> client.decommission(ID)).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void key_thatNobodyAnsweredFor_hasAnUnknownOutcome() {
        one.answers(503, "{\"title\":\"Not answered\",\"detail\":\"nobody in time\"}");
        two.answers(503, "{\"title\":\"Not answered\",\"detail\":\"nobody in time\"}");
        try (BlockingAdminClient client = client(KEYS, one.uri(), two.uri())) {
            assertThat(failure(() -> client.createKey("n")).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
            assertThat(failure(client::keys).kind()).as("a question").isEqualTo(Kind.UNAVAILABLE);
        }
        assertThat(two.asked()).noneMatch(line -> line.startsWith("POST"));
    }

    @Test
    void change_onAnEventLoop_isRefusedBeforeItIsSent() {
        try (BlockingAdminClient client = client(KEYS, one.uri())) {
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            vertx.runOnContext(now -> {
                try {
                    client.drain(ID);
                } catch (IllegalStateException e) {
                    seen.complete(e);
                }
            });
            assertThat(seen.join()).hasMessageContaining("must not wait");
            one.answers(200, CLUSTER);
            client.cluster();
        }
        assertThat(one.asked()).containsExactly("GET /v1/cluster");
    }

    @Test
    void init_ofANodeThatCannot_isAskedOfNoOther() {
        one.answers(503, "{\"title\":\"Not ready\",\"detail\":\"it starts\"}");
        try (BlockingAdminClient client = client(KEYS, one.uri(), two.uri())) {
            assertThat(failure(client::init).kind()).isEqualTo(Kind.UNAVAILABLE);
            one.answers(200, "{\"state\":\"waiting\",\"reason\":\"seed b gave no answer\"}");
            assertThat(client.init()).isEqualTo(new Founding(State.WAITING, null, null, "seed b gave no answer"));
            one.answers(200, "{\"state\":\"founded\",\"clusterId\":\"c\",\"node\":\"n\"}");
            assertThat(client.init()).isEqualTo(new Founding(State.FOUNDED, "c", "n", null));
            one.answers(200, "{\"state\":\"member\",\"clusterId\":\"c\",\"node\":\"n\"}");
            assertThat(client.init().isDone()).isTrue();
        }
        assertThat(one.asked()).hasSize(4).containsOnly("POST /v1/init");
        assertThat(two.asked()).isEmpty();
    }

    @Test
    void answer_thatDoesNotEnd_isCutOff() {
        one.answers(200, "x".repeat(2_000));
        AdminOptions options = new AdminOptions(List.of(one.uri()), null, null, 1_000, 1_000, 1_000);
        try (BlockingAdminClient client = BlockingAdminClient.open(options)) {
            assertThat(failure(client::nodes)).hasMessageContaining("more than 1000 bytes");
        }
    }

    @Test
    void answer_thatDoesNotCome_isGivenUp() {
        one.answers(request -> {
            // says nothing
        });
        AdminOptions options = new AdminOptions(List.of(one.uri()), null, null, 1_000, 300, 1_000);
        try (BlockingAdminClient client = BlockingAdminClient.open(options)) {
            assertThat(failure(client::nodes).kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }
}
