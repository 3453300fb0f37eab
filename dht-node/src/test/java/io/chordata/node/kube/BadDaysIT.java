package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Await;
import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.ChordataProcess.Launch;
import io.chordata.node.process.ChordataProcess.Ports;
import io.chordata.node.process.Command;
import io.chordata.node.process.RequiresNamespace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong templates, secrets, names and volumes of three pods under load: one pod is out for it, no request fails for good. */
@RequiresImage
@RequiresKustomize
@RequiresNamespace
class BadDaysIT {
    private static final int PODS = 3;
    private static final int LAST = PODS - 1;
    private static final int DATA_IN_USE = 3;
    private static final int OBJECTS = 50;
    private static final String NODE_USER = "10001:10001";
    /** Of a net that no test of networks uses. */
    private static final String NOBODY = "198.19.255.254";

    private static final Duration LAG = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static KubeCluster cluster;
    private static String id;

    private SetController nodes;
    private PodLoad load;

    @BeforeAll
    static void found() {
        cluster = KubeCluster.apply(folder, PODS);
        id = cluster.found();
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void begin() {
        nodes = cluster.nodes();
        load = new PodLoad(cluster::s3);
        awaitMoreObjects();
    }

    /** Whatever happened: it is one cluster again and has all that it acknowledged. */
    @AfterEach
    void check() {
        cluster.runtime().dns().right();
        nodes.awaitSettled(KubeCluster.PATIENCE);
        cluster.awaitHealthy(0, PODS);
        load.endWithNothingFailedOrLost();
        for (int ordinal = 0; ordinal < PODS; ordinal++) {
            assertThat(cluster.clusterId(ordinal)).isEqualTo(id);
        }
    }

    private void awaitMoreObjects() {
        int before = load.acknowledged();
        Await.until("more objects", KubeCluster.PATIENCE, () -> load.acknowledged() >= before + OBJECTS);
    }

    private void awaitLog(int ordinal, String... texts) {
        Await.until(
                "chordata-" + ordinal + " says " + List.of(texts),
                KubeCluster.PATIENCE,
                () -> List.of(texts).stream().allMatch(cluster.log(ordinal)::contains));
    }

    /** Pods, ready or not at this moment: each start has another address. */
    private List<URI> others() {
        return IntStream.range(0, LAST)
                .mapToObj(ordinal -> nodes.pod(ordinal, KubeCluster.S3).orElseThrow())
                .toList();
    }

    @Test
    void template_withAMisspeltOption_stopsTheRollOutAtOnePod() {
        List<URI> before = others();

        cluster.useVariable("CHORDATA_MOVESS", "64");
        Await.until("it started again and again", KubeCluster.PATIENCE, () -> nodes.restarts(LAST) >= 2);
        awaitLog(LAST, "CHORDATA_MOVESS", "did you mean 'CHORDATA_MOVES'");
        awaitMoreObjects();
        assertThat(nodes.isReady(LAST)).isFalse();
        assertThat(others()).isEqualTo(before);

        cluster.withoutVariable("CHORDATA_MOVESS");
        cluster.replace(LAST);
        nodes.awaitSettled(KubeCluster.PATIENCE);
        assertThat(others()).isEqualTo(before);
    }

    @Test
    void secret_tooShortThenWithoutItsKey_keepsItsPodOutAndSaysWhy() {
        cluster.useClusterSecret(Map.of("secret", "too short"));
        cluster.replace(LAST);
        awaitRefusal("must have 32 to 4096 bytes");
        assertThat(cluster.log(LAST)).doesNotContain("too short");

        cluster.useClusterSecret(Map.of("secrets", ChordataProcess.CLUSTER_SECRET));
        cluster.replace(LAST);
        awaitRefusal("cannot read /run/secrets/chordata-cluster/secret");
        awaitMoreObjects();

        cluster.useClusterSecret(Map.of("secret", ChordataProcess.CLUSTER_SECRET));
        cluster.replace(LAST);
    }

    private void awaitRefusal(String reason) {
        Await.until("it started again", KubeCluster.PATIENCE, () -> nodes.restarts(LAST) >= 1);
        awaitLog(LAST, reason);
        assertThat(nodes.isReady(LAST)).isFalse();
    }

    @Test
    void names_thatLag_costNoRequest() {
        cluster.runtime().dns().lag(LAG);
        cluster.replace(1);
        nodes.awaitSettled(KubeCluster.PATIENCE);
        awaitMoreObjects();
    }

    /** As where the address of a pod that ended is another's by now; then as where it is nobody's. */
    @Test
    void name_thatLeadsToAnotherPodAndThenToNobody_costsNoRequest() {
        cluster.take(1);
        String reused = nodes.pod(LAST, KubeCluster.S3).orElseThrow().getHost();
        cluster.runtime().dns().mislead(cluster.nameOf(1), reused);
        nodes.release(1);
        awaitLog(0, "another node than the one that was dialed is at the address");
        awaitMoreObjects();

        cluster.runtime().dns().mislead(cluster.nameOf(1), NOBODY);
        cluster.replace(1);
        awaitMoreObjects();
    }

    @Test
    void volume_ofAnotherCluster_keepsItsPodOutOfTheService() throws IOException {
        cluster.take(LAST);
        Path data = cluster.data(LAST);
        Path own = Files.move(data, data.resolveSibling("own"));
        try (ChordataProcess elsewhere =
                Launch.node(data, Ports.free(), "--init").begin()) {
            elsewhere.awaitReady();
            assertThat(elsewhere.stop()).isZero();
        }
        Command.of("/usr/bin/chown", "-R", NODE_USER, data.toString()).run();
        nodes.release(LAST);

        awaitLog(LAST, "is this the disk of a node of another cluster?");
        awaitMoreObjects();
        assertThat(nodes.isReady(LAST)).isFalse();
        assertThat(nodes.restarts(LAST)).isZero();

        cluster.take(LAST);
        Command.of("/usr/bin/rm", "-r", data.toString()).run();
        Files.move(own, data);
        nodes.release(LAST);
    }

    @Test
    void volume_ofARunningPod_isTakenByNoOther() {
        assertThat(cluster.runOnVolumeOf(1)).isEqualTo(DATA_IN_USE);
        assertThat(nodes.restarts(1)).isZero();
    }
}
