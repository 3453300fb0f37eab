package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.routing.RoutingPolicy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

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
            kill(victim);
            cluster.restart(victim);
            cluster.awaitReady(victim);
            cluster.awaitRedundant();
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
