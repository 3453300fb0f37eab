package io.chordata.client;

import static io.chordata.client.ChordataClientTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.StubEndpoint.Fault;
import io.chordata.client.StubEndpoint.Fault.Kind;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.routing.RoutingPolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where requests go when endpoints are nodes of a cluster, and when they are not. */
@SuppressWarnings("NullAway.Init")
class ClusterRoutingTest {
    private static final int NODES = 3;

    private final Vertx vertx = Vertx.vertx();
    private final List<StubEndpoint> nodes = new ArrayList<>();
    private ChordataClient client;

    @BeforeEach
    void start() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(new StubEndpoint(vertx));
            nodes.get(i).answerWith("x-chordata-routing-version", "1");
        }
        nodes.forEach(node -> node.tellRouting(table(1, 2)));
        client = builder(nodes.get(0)).build();
    }

    private ChordataClientBuilder builder(StubEndpoint seed) {
        return ChordataClient.builder()
                .endpoint(seed.url())
                .credentials("AKID", "secret")
                .vertx(vertx);
    }

    /** All partitions are led by one node. */
    private String table(long version, int leader) {
        JsonArray all = new JsonArray();
        JsonArray ids = new JsonArray();
        for (int i = 0; i < NODES; i++) {
            all.add(new JsonObject().put("id", "n" + i).put("s3", nodes.get(i).address()));
            ids.add("n" + i);
        }
        JsonObject partition = new JsonObject()
                .put("point", "0".repeat(32))
                .put("members", ids)
                .put("leader", "n" + leader);
        return new JsonObject()
                .put("version", version)
                .put("nodes", all)
                .put("partitions", new JsonArray().add(partition))
                .put("bucket", new JsonObject().put("id", "0".repeat(32)).put("shards", 16))
                .encode();
    }

    @AfterEach
    void stop() {
        await(client.close());
        await(vertx.close());
    }

    /** Puts until one arrives at that node. */
    private void putUntilAt(int node) {
        for (int i = 0; i < 200; i++) {
            int before = puts(node);
            await(client.putObject("bucket", "k" + i, Content.of("x")));
            if (puts(node) > before) {
                return;
            }
            await(vertx.timer(20, TimeUnit.MILLISECONDS));
        }
        throw new AssertionError("node " + node + " was never asked");
    }

    private int puts(int node) {
        return (int) nodes.get(node).lines().stream()
                .filter(line -> line.startsWith("PUT"))
                .count();
    }

    private long questions() {
        return nodes.stream()
                .flatMap(node -> node.lines().stream())
                .filter(line -> line.startsWith("GET /?chordata-routing"))
                .count();
    }

    @Test
    void requests_onceTheTableIsKnown_goToTheLeader() {
        putUntilAt(2);
        int before = puts(2);
        for (int i = 0; i < 20; i++) {
            await(client.putObject("bucket", "more" + i, Content.of("x")));
        }

        assertThat(puts(2)).isEqualTo(before + 20);
        assertThat(questions()).isEqualTo(1);
    }

    @Test
    void nodes_thatAreAllOutOfReach_doNotHideTheSeed() {
        JsonArray all = new JsonArray();
        for (int port = 1; port <= 12; port++) {
            all.add(new JsonObject().put("id", "n" + port).put("s3", "127.0.0.1:" + port));
        }
        nodes.get(0)
                .tellRouting(new JsonObject(table(1, 2))
                        .put("nodes", all)
                        .put("partitions", new JsonArray())
                        .encode());
        await(client.headBucket("bucket"));
        nodes.get(0).answered("GET /?chordata-routing");

        for (int i = 0; i < 5; i++) {
            await(client.putObject("bucket", "k" + i, Content.of("x")));
        }
        assertThat(puts(0)).isEqualTo(5);
    }

    @Test
    void leader_thatDies_isPassedOverWithoutAFailedCall() {
        putUntilAt(2);
        nodes.get(2).close();

        for (int i = 0; i < 20; i++) {
            await(client.putObject("bucket", "more" + i, Content.of("x")));
        }

        assertThat(puts(0) + puts(1)).isGreaterThanOrEqualTo(20);
    }

    @Test
    void leader_thatStandsStill_makesOneReadSlow() {
        putUntilAt(2);
        await(client.putObject("bucket", "read", Content.of("x")));
        nodes.forEach(node -> node.objects().putAll(nodes.get(2).objects()));
        nodes.get(2).next(Fault.of(Kind.SILENT), Fault.of(Kind.SILENT), Fault.of(Kind.SILENT));

        long[] millis = new long[10];
        for (int i = 0; i < millis.length; i++) {
            long begun = System.nanoTime();
            assertThat(await(client.getObject("bucket", "read").compose(object -> object.body(10)))
                            .toString())
                    .isEqualTo("x");
            millis[i] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        }

        assertThat(millis[0]).as("the first, in ms").isBetween(1_400L, 20_000L);
        assertThat(reads(2)).as("of one that is silent").isEqualTo(1);
        assertThat(reads(0) + reads(1)).isEqualTo(millis.length);
    }

    @Test
    void objectThatIsNotThere_saysTheSecondWhileTheFirstIsSilent_isNotWaitedFor() {
        putUntilAt(2);
        nodes.get(2).next(Fault.of(Kind.SILENT));

        ChordataException failure =
                catchThrowableOfType(ChordataException.class, () -> await(client.getObject("bucket", "no such key")));

        assertThat(failure.isNotFound()).as("%s", failure).isTrue();
    }

    @Test
    void endpointThatIsSlow_whereNoOtherIsKnown_isWaitedFor() {
        StubEndpoint alone = new StubEndpoint(vertx);
        try (BlockingChordataClient one = builder(alone)
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(3))
                .retries(1, 500)
                .build()
                .blocking()) {
            alone.next(Fault.of(Kind.SILENT));
            assertThat(catchThrowableOfType(ChordataException.class, () -> one.getObject("bucket", "k"))
                            .code())
                    .isEqualTo(ChordataException.TIMEOUT);
        }
        assertThat(alone.lines()).hasSize(1);
    }

    /** Holds the one connection that this client has to the leader. */
    private ObjectStream takeConnection() {
        client = builder(nodes.get(0))
                .connections(1)
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(3))
                .build();
        putUntilAt(2);
        StubEndpoint.Stored large =
                new StubEndpoint.Stored(Buffer.buffer(new byte[8 << 20]), MultiMap.caseInsensitiveMultiMap());
        nodes.get(2).objects().put("/bucket/large", large);
        return await(client.getObject("bucket", "large"));
    }

    @Test
    void leader_toWhichNoConnectionIsFreeInTime_isNotTakenForUnreachable() {
        ObjectStream unread = takeConnection();
        int before = puts(2);

        await(client.putObject("bucket", "elsewhere", Content.of("x")));
        assertThat(puts(2)).as("it was not asked").isEqualTo(before);
        unread.cancel();
        await(client.putObject("bucket", "there", Content.of("x")));

        assertThat(puts(2)).isEqualTo(before + 1);
    }

    private long reads(int node) {
        return nodes.get(node).lines().stream()
                .filter(line -> line.startsWith("GET /bucket/read"))
                .count();
    }

    @Test
    void leader_thatIsAnother_isLearntFromTheVersion() {
        putUntilAt(2);
        nodes.forEach(node -> node.tellRouting(table(2, 1)));
        nodes.forEach(node -> node.answerWith("x-chordata-routing-version", "2"));

        putUntilAt(1);

        assertThat(questions()).isEqualTo(2);
    }

    @Test
    void policy_otherThanByToken_isFollowed() {
        client = builder(nodes.get(0)).policy(RoutingPolicy.roundRobin()).build();
        putUntilAt(1);
        int[] before = {puts(0), puts(1), puts(2)};
        for (int i = 0; i < 30; i++) {
            await(client.putObject("bucket", "k", Content.of("x")));
        }

        for (int node = 0; node < NODES; node++) {
            assertThat(puts(node) - before[node]).isEqualTo(10);
        }
    }

    @Test
    void routing_switchedOff_asksNobody() {
        client = builder(nodes.get(0)).routing(false).build();
        for (int i = 0; i < 5; i++) {
            await(client.putObject("bucket", "k", Content.of("x")));
        }
        assertThat(puts(0)).isEqualTo(5);
        assertThat(questions()).isZero();
    }

    @Test
    void endpoint_thatIsNoNode_isNeverAsked() {
        StubEndpoint stranger = new StubEndpoint(vertx);
        client = builder(stranger).build();
        for (int i = 0; i < 5; i++) {
            await(client.putObject("bucket", "k", Content.of("x")));
        }
        assertThat(stranger.lines()).hasSize(5).containsOnly("PUT /bucket/k");
    }

    @Test
    void endpoint_thatDoesNotKnowTheQuestion_isUsedPlainly() {
        nodes.get(0).tellRouting("");
        for (int i = 0; i < 5; i++) {
            await(client.putObject("bucket", "k", Content.of("x")));
        }
        assertThat(puts(0)).isEqualTo(5);
        assertThat(questions()).isLessThanOrEqualTo(1);
    }

    @Test
    void nodes_thatCannotBeReached_leaveTheSeed() {
        StubEndpoint gone = new StubEndpoint(vertx);
        gone.close();
        String table = table(1, 2);
        for (StubEndpoint node : nodes) {
            table = table.replace(node.address(), gone.address());
        }
        nodes.get(0).tellRouting(table);

        for (int i = 0; i < 10; i++) {
            await(client.putObject("bucket", "k" + i, Content.of("x")));
        }
        assertThat(puts(0)).isEqualTo(10);
    }
}
