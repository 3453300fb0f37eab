package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.BlockingChordataClient;
import io.chordata.client.ChordataClient;
import io.chordata.client.http.TransportOptions;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.StoredObject;
import io.chordata.client.routing.RoutingPolicy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client library and nodes as processes, {@code -Dchordata.nodes=N} (3), three copies of everything: who serves what the
 * library sends, how long that takes beside a random node, and what an application sees of a node that is killed, {@code
 * -Dchordata.clusterKills=N} times.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ClientClusterIT {
    private static final int NODES = Integer.getInteger("chordata.nodes", 3);
    private static final int KILLS = Integer.getInteger("chordata.clusterKills", 1);
    private static final String BUCKET = "routed";
    private static final int CALLERS = 8;
    private static final int CALLS_AFTER_KILL = 200;
    private static final int WARM_UP = 200;
    private static final int MEASURED = 500;
    private static final int ROUNDS = 20;
    private static final int GETS_OF_ROUND = 50;
    private static final double SERVED_SHARE_MIN = 0.9;

    /** Of so few copies among so many nodes that a random one rarely has one, so that the way straight there must show. */
    private static final int MANY_NODES = 9;

    /** One, and some more while the others find new leaders on a busy machine. */
    private static final int SLOW_OF_STANDSTILL_MAX = 10;

    private static final Duration IDLE_TIMEOUT = TransportOptions.DEFAULT.idleTimeout();

    /** The last attempt begins within the window, and a node refuses what it cannot do within seconds. */
    private static final Duration RETRIES_END =
            TransportOptions.DEFAULT.retryWindow().plusSeconds(40);

    /** The exit code. */
    private static final int UNREACHABLE = 12;

    private final Vertx vertx = Vertx.vertx();
    private ClusterProcesses cluster;

    @BeforeAll
    void start() throws IOException {
        cluster = ClusterProcesses.start(NODES);
        new SignedHttp(cluster.process(0)).awaitBucket(BUCKET);
    }

    @AfterAll
    void close() {
        if (cluster != null) {
            cluster.close();
        }
        vertx.close().await();
    }

    @BeforeEach
    void awaitRedundant() {
        cluster.awaitRedundant();
    }

    @Test
    void requests_routedByTheTable_areServedByTheNodesThatReceiveThem() {
        double aware = servedShare(RoutingPolicy.tokenAware(RoutingPolicy.roundRobin()), "aware");
        double random = servedShare(RoutingPolicy.roundRobin(), "random");

        Figures.note(String.format(
                "%d nodes, gets and puts of 4 KiB served without a forward, as the nodes count: %.1f %% token-aware, %.1f %% in turn",
                NODES, 100 * aware, 100 * random));
        assertThat(aware).as("token-aware, against %s in turn", random).isGreaterThanOrEqualTo(SERVED_SHARE_MIN);
        assertThat(random).as("the count tells the difference").isLessThan(SERVED_SHARE_MIN);
    }

    /** What a node forwards on its own account counts against the requests, too. */
    private double servedShare(RoutingPolicy policy, String name) {
        try (ClientCaller caller = new ClientCaller(vertx, cluster, policy, BUCKET, name)) {
            caller.putAll();
            caller.getAndPut(WARM_UP);
            double requestsBefore = ofAllNodes(ClientClusterIT::requests);
            double forwardsBefore = ofAllNodes(ClientClusterIT::forwards);
            caller.getAndPut(MEASURED);
            double forwards = ofAllNodes(ClientClusterIT::forwards) - forwardsBefore;
            double requests = ofAllNodes(ClientClusterIT::requests) - requestsBefore;
            assertThat(caller.failures()).isEmpty();
            assertThat(requests).isGreaterThanOrEqualTo(2.0 * MEASURED);
            return 1 - forwards / requests;
        }
    }

    private double ofAllNodes(ToDoubleFunction<NodeMetrics> figure) {
        return cluster.running().stream()
                .mapToDouble(number -> figure.applyAsDouble(NodeMetrics.of(cluster.process(number))))
                .sum();
    }

    private static double requests(NodeMetrics metrics) {
        return metrics.sum("chordata_s3_requests_total");
    }

    private static double forwards(NodeMetrics metrics) {
        return metrics.value("chordata_partitions_routed_total{to=\"elsewhere\"}");
    }

    @Test
    void gets_routedByTheTable_giveTheSameObjectsAsThroughARandomNode() {
        try (ClientCaller aware = new ClientCaller(
                        vertx, cluster, RoutingPolicy.tokenAware(RoutingPolicy.roundRobin()), BUCKET, "straight");
                ClientCaller random = new ClientCaller(vertx, cluster, RoutingPolicy.roundRobin(), BUCKET, "turns")) {
            aware.putAll();
            random.putAll();
            aware.getMany(WARM_UP);
            random.getMany(WARM_UP);
            LongStream.Builder awareNanos = LongStream.builder();
            LongStream.Builder randomNanos = LongStream.builder();
            for (int round = 0; round < ROUNDS; round++) {
                Arrays.stream(aware.getMany(GETS_OF_ROUND)).forEach(awareNanos);
                Arrays.stream(random.getMany(GETS_OF_ROUND)).forEach(randomNanos);
            }

            double awareMillis = medianMillis(awareNanos.build());
            double randomMillis = medianMillis(randomNanos.build());
            Figures.note(String.format(
                    "%d nodes, get of 4 KiB one at a time, in turns of %d: p50 %.2f ms token-aware, %.2f ms through a random node, ratio %.2f",
                    NODES, GETS_OF_ROUND, awareMillis, randomMillis, awareMillis / randomMillis));
            assertThat(aware.failures()).isEmpty();
            assertThat(random.failures()).isEmpty();
            if (NODES >= MANY_NODES) {
                assertThat(awareMillis).as("p50 in ms").isLessThan(randomMillis);
            }
        }
    }

    private static double medianMillis(LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        return sorted[sorted.length / 2] / 1e6;
    }

    @Test
    void calls_whileANodeIsKilled_allSucceedAndOneOfACallerIsSlowAtMost() {
        for (int kill = 0; kill < KILLS; kill++) {
            int victim = kill % NODES;
            try {
                kill(victim);
            } finally {
                cluster.restart(victim);
                cluster.awaitReady(victim);
            }
            cluster.awaitRedundant();
        }
    }

    @Test
    void reads_whileANodeStandsStill_areAnsweredByOthersBeforeItsTimeOut() {
        try (ClientCaller caller = new ClientCaller(
                vertx, cluster, RoutingPolicy.tokenAware(RoutingPolicy.roundRobin()), BUCKET, "still")) {
            caller.putAll();
            caller.getMany(WARM_UP);
            int slowBefore = caller.slow().size();
            ChordataProcess still = cluster.process(NODES - 1);
            still.pause();
            try {
                for (int call = 0; call < CALLS_AFTER_KILL && caller.failures().isEmpty(); call += ROUNDS) {
                    caller.getMany(ROUNDS);
                }
            } finally {
                still.resume();
            }
            int slow = caller.slow().size() - slowBefore;
            String saw = String.format(
                    "%d nodes, one stands still: %d of %d gets took a second or more, the slowest %.0f ms",
                    NODES, slow, CALLS_AFTER_KILL, caller.slowestNanos() / 1e6);
            Figures.note(saw);
            assertThat(caller.failures()).as(saw).isEmpty();
            assertThat(slow).as("%s: %s", saw, caller.slow()).isLessThanOrEqualTo(SLOW_OF_STANDSTILL_MAX);
            assertThat(Duration.ofNanos(caller.slowestNanos())).as(saw).isLessThan(IDLE_TIMEOUT);
        }
    }

    @Test
    void calls_whileHalfTheNodesAreDown_endInTimeAndSayWhy(@TempDir Path folder) {
        String[] endpoints = cluster.running().stream()
                .map(number -> cluster.process(number).endpoint().toString())
                .toArray(String[]::new);
        List<Integer> victims = IntStream.range(0, (NODES + 1) / 2).boxed().toList();
        victims.forEach(victim -> cluster.process(victim).kill());
        try (BlockingChordataClient client = ChordataClient.builder()
                .endpoint(endpoints)
                .credentials(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY)
                .vertx(vertx)
                .build()
                .blocking()) {
            long begun = System.nanoTime();
            List<Future<StoredObject>> calls = IntStream.range(0, CALLERS)
                    .mapToObj(number -> client.async().putObject(BUCKET, "half/" + number, Content.of("x")))
                    .toList();
            Command.Result list = ObjectProgram.at(String.join(",", endpoints), folder)
                    .command("ls", "s3://" + BUCKET)
                    .runToEnd();
            Future.join(calls).otherwiseEmpty().await();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(RETRIES_END);
            assertThat(calls)
                    .filteredOn(Future::failed)
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.cause())
                            .isInstanceOfSatisfying(ChordataException.class, failure -> {
                                assertThat(Set.of(ChordataException.TIMEOUT, ChordataException.CONNECTION_FAILED)
                                                        .contains(failure.code())
                                                || failure.status() == 503)
                                        .as("%s", failure)
                                        .isTrue();
                                assertThat(failure.reason()).isNotBlank();
                            }));
            assertThat(list.exitCode()).as(list.errors()).isEqualTo(UNREACHABLE);
            assertThat(list.errors().strip()).startsWith("chordata: ").hasLineCount(1);
        } finally {
            victims.forEach(cluster::restart);
            victims.forEach(cluster::awaitReady);
        }
    }

    private void kill(int victim) {
        try (ClientCallers callers = ClientCallers.start(CALLERS, vertx, cluster, BUCKET, "kill-" + victim)) {
            cluster.process(victim).kill();
            callers.awaitCalls(CALLS_AFTER_KILL);
            callers.stop();
            String saw = String.format(
                    "%d nodes, kill -9 of one under %d callers with a connection to each node: %d calls, %d failed; "
                            + "%d of a second or more, %d of one caller at most; slowest %.0f ms",
                    NODES,
                    CALLERS,
                    callers.all().stream().mapToLong(ClientCaller::calls).sum(),
                    callers.failures().size(),
                    callers.slow().size(),
                    callers.max(caller -> caller.slow().size()),
                    callers.max(ClientCaller::slowestNanos) / 1e6);
            Figures.note(saw);
            assertThat(callers.failures()).as(saw).isEmpty();
            assertThat(callers.all())
                    .as("%s, slow were %s", saw, callers.slow())
                    .allSatisfy(caller -> assertThat(caller.slow()).hasSizeLessThanOrEqualTo(1));
        }
    }
}
