package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.chordata.node.process.Await;
import io.chordata.node.process.Figures;
import io.chordata.node.process.RequiresNamespace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The base as it is rendered, executed: pods are processes of the image in network namespaces, with names and probes. {@code
 * -Dchordata.pods=N} (3) says how many, {@code -Dchordata.rolls=N} (1) how often all are rolled, {@code -Dchordata.wipedPods=N} (3)
 * how many volumes are wiped, ordinal 0's at first, and {@code -Dchordata.scaledPods=N} (4) how many three become before they are
 * three again; of more than four the first one goes unannounced. With {@code -Dchordata.before=JAR} pods begin with that program,
 * and each roll is to the one of the build or back.
 */
@RequiresImage
@RequiresKustomize
@RequiresNamespace
class StandInIT {
    private static final @Nullable String BEFORE = System.getProperty("chordata.before");
    private static final int PODS = Integer.getInteger("chordata.pods", 3);
    private static final int ROLLS = Integer.getInteger("chordata.rolls", 1);
    private static final int WIPED = Integer.getInteger("chordata.wipedPods", 3);
    private static final int FEW = 3;
    private static final int MANY = Integer.getInteger("chordata.scaledPods", 4);
    private static final int OBJECTS = 100;
    private static final int ACCESS_DENIED = 403;
    private static final String CUT_ZONE = PodRuntime.zone(0);
    /** Ten times what a figure may be. */
    private static final Duration OUTAGE_MAX = Duration.ofSeconds(100);

    @TempDir
    private Path folder;

    private KubeCluster apply(int pods) {
        return apply(pods, Map.of());
    }

    private KubeCluster apply(int pods, Map<String, String> variables) {
        return KubeCluster.apply(folder, pods, BEFORE == null ? null : Path.of(BEFORE), variables);
    }

    @Test
    void base_appliedAndRolledUnderLoad_foundsItselfByTheJobAndFailsNoRequest() {
        try (KubeCluster cluster = apply(PODS)) {
            long begun = System.nanoTime();
            String id = cluster.found();
            Figures.note("%d pods founded by the Job and ready after %.0f s"
                    .formatted(PODS, KubeCluster.secondsSince(begun)));
            assertThat(cluster.nodes().restarts()).isZero();

            PodLoad load = new PodLoad(cluster::s3);
            for (int roll = 1; roll <= ROLLS; roll++) {
                roll(cluster, load, roll);
                assertThat(cluster.clusterId(0)).isEqualTo(id);
            }
            load.endWithNothingFailedOrLost();
            assertThat(cluster.nodes().restarts()).isZero();
            assertThat(cluster.nodes().badEnds()).isEmpty();
        }
    }

    private static void roll(KubeCluster cluster, PodLoad load, int number) {
        List<URI> before = cluster.s3();
        long begun = System.nanoTime();
        if (BEFORE == null) {
            cluster.nodes().restart();
        } else {
            cluster.useImage(number % 2 == 0 ? KubeCluster.BEFORE : PodRuntime.IMAGE);
        }
        cluster.init();
        cluster.nodes().awaitSettled(KubeCluster.PATIENCE);
        Figures.note(
                "rolling restart %d of %d pods: %.0f s, %d objects acknowledged, %d attempts made again so far, %.1f s the longest request with all its attempts"
                        .formatted(
                                number,
                                PODS,
                                KubeCluster.secondsSince(begun),
                                load.acknowledged(),
                                load.again(),
                                load.longest().toMillis() / 1e3));
        assertThat(load.failures()).isEmpty();
        assertThat(cluster.s3()).doesNotContainAnyElementsOf(before);
    }

    /** The Job, which asks ordinal 0, is made anew each time while the node is still empty. */
    @Test
    void volumes_wipedOneAfterTheOther_areFilledAgainInTheOneCluster() {
        try (KubeCluster cluster = apply(PODS)) {
            String id = cluster.found();
            PodLoad load = new PodLoad(cluster::s3);
            Await.until("some objects are there", KubeCluster.PATIENCE, () -> load.acknowledged() >= OBJECTS);

            for (int ordinal = 0; ordinal < WIPED; ordinal++) {
                long begun = System.nanoTime();
                String lost = cluster.nodeId(ordinal);
                cluster.wipe(ordinal);
                cluster.init();
                cluster.nodes().awaitSettled(KubeCluster.PATIENCE);
                cluster.decommission((ordinal + 1) % PODS, lost, lost);
                cluster.awaitHealthy(ordinal, PODS);
                Figures.note("volume of ordinal %d of %d wiped: all copies again after %.0f s"
                        .formatted(ordinal, PODS, KubeCluster.secondsSince(begun)));
                assertThat(cluster.nodeId(ordinal)).isNotEqualTo(lost);
                assertThat(cluster.clusterId(ordinal)).isEqualTo(id);
            }
            load.endWithNothingFailedOrLost();
        }
    }

    @Test
    void set_scaledUpAndDownUnderLoad_failsNoRequestAndLosesNothing() {
        boolean isOneUnannounced = MANY > FEW + 1;
        try (KubeCluster cluster = apply(FEW, isOneUnannounced ? Map.of("CHORDATA_REPLACE_AFTER", "20s") : Map.of())) {
            String id = cluster.found();
            PodLoad load = new PodLoad(cluster::s3);
            Await.until("some objects are there", KubeCluster.PATIENCE, () -> load.acknowledged() >= OBJECTS);

            long up = System.nanoTime();
            cluster.nodes().scale(MANY);
            cluster.nodes().awaitSettled(KubeCluster.PATIENCE);
            cluster.awaitHealthy(0, MANY);
            cluster.awaitPlaced(0);
            Figures.note("%d pods became %d: all copies where they belong after %.0f s"
                    .formatted(FEW, MANY, KubeCluster.secondsSince(up)));

            if (isOneUnannounced) {
                scaleDownUnannounced(cluster, MANY - 1);
            }
            int left = isOneUnannounced ? MANY - 1 : MANY;
            long down = System.nanoTime();
            for (int ordinal = left - 1; ordinal >= FEW; ordinal--) {
                cluster.decommission(0, "chordata-" + ordinal, cluster.nodeId(ordinal));
                cluster.nodes().scale(ordinal);
                cluster.nodes().awaitSettled(KubeCluster.PATIENCE);
            }
            cluster.awaitHealthy(0, FEW);
            Figures.note("%d pods became %d, each decommissioned before: after %.0f s"
                    .formatted(left, FEW, KubeCluster.secondsSince(down)));
            load.endWithNothingFailedOrLost();
            assertThat(cluster.clusterId(FEW - 1)).isEqualTo(id);
        }
    }

    /** The highest pod is gone with what it has; its copies are made elsewhere, and it is taken out afterwards. */
    private static void scaleDownUnannounced(KubeCluster cluster, int left) {
        long begun = System.nanoTime();
        String gone = cluster.nodeId(left);
        cluster.nodes().scale(left);
        cluster.nodes().awaitSettled(KubeCluster.PATIENCE);
        cluster.awaitReplaced(0, gone);
        Figures.note("%d pods became %d, unannounced: all copies elsewhere after %.0f s"
                .formatted(left + 1, left, KubeCluster.secondsSince(begun)));
        cluster.decommission(0, gone, gone);
        cluster.awaitHealthy(0, left);
    }

    @Test
    void zone_cutOff_leavesTheMajorityServingAndAcknowledgesNothingItself() {
        try (KubeCluster cluster = apply(PODS)) {
            String id = cluster.found();
            List<URI> majority = cluster.outside(CUT_ZONE);
            PodLoad load = new PodLoad(() -> majority);
            Await.until("some objects are there", KubeCluster.PATIENCE, () -> load.acknowledged() >= OBJECTS);
            List<URI> minority =
                    cluster.s3().stream().filter(pod -> !majority.contains(pod)).toList();

            cluster.nodes().cut(CUT_ZONE);
            Duration outage = PodProbe.untilAllServe(majority, OUTAGE_MAX);
            Figures.note("%s of %d pods cut off: each of the others served writes and reads of all keys after %.1f s"
                    .formatted(CUT_ZONE, PODS, outage.toMillis() / 1e3));
            assertThat(PodProbe.acknowledgedBy(minority)).isEmpty();
            minority.forEach(
                    pod -> Figures.note("health of a pod that nobody else answers: %d ms the slowest of five (aim 100)"
                            .formatted(PodProbe.slowestHealth(KubeCluster.adminOf(pod))
                                    .toMillis())));
            cluster.nodes().heal();

            cluster.nodes().awaitSettled(KubeCluster.PATIENCE);
            cluster.awaitHealthy(0, PODS);
            load.endWithNothingFailedOrLost();
            for (int ordinal = 0; ordinal < PODS; ordinal++) {
                assertThat(cluster.clusterId(ordinal)).isEqualTo(id);
            }
        }
    }

    /** The names that README.md asks for. */
    @Test
    void node_withTls_isFoundedByTheJobProbedAndAskedByHttpsAlone() throws IOException, InterruptedException {
        List<String> names = List.of(
                "chordata-s3", "chordata-admin", "*.chordata-nodes." + NodePod.NAMESPACE + ".svc.cluster.local");
        HttpClient http = HttpClient.newBuilder()
                .sslContext(AnyCertificate.context())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try (KubeCluster cluster = KubeCluster.applyWithTls(folder, names)) {
            cluster.init();
            cluster.nodes().awaitSettled(KubeCluster.PATIENCE);

            URI plain = cluster.s3().get(0);
            URI secure = URI.create("https://" + plain.getAuthority() + "/");
            assertThat(http.send(HttpRequest.newBuilder(secure).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(ACCESS_DENIED);
            assertThatIOException()
                    .isThrownBy(() -> http.send(HttpRequest.newBuilder(plain).build(), BodyHandlers.discarding()));
        }
    }
}
