package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.AdminPost;
import io.chordata.node.process.Await;
import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.Command;
import io.chordata.node.process.Figures;
import io.chordata.node.process.RequiresNamespace;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The base as it is rendered, executed: pods are processes of the image in network namespaces, with names and probes. */
@RequiresImage
@RequiresKustomize
@RequiresNamespace
class StandInIT {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int S3 = 9000;
    private static final int ADMIN = 9001;
    private static final int OBJECTS = 100;
    /** Than the defaults, which spare the requests of clients. */
    private static final Map<String, String> QUICKER = Map.of("CHORDATA_MOVES", "64", "CHORDATA_MOVE_AFTER", "2s");

    @TempDir
    private Path folder;

    private final Manifests manifests = Manifests.parse(Kustomize.render("base"));
    private PodRuntime runtime;
    private SetController nodes;

    @BeforeEach
    void apply() {
        runtime = new PodRuntime(folder);
        runtime.files()
                .addSecret(
                        "chordata-root-key",
                        Map.of("access-key", ChordataProcess.ACCESS_KEY, "secret-key", ChordataProcess.SECRET_KEY));
        runtime.files().addSecret("chordata-cluster-secret", Map.of("secret", ChordataProcess.CLUSTER_SECRET));
        StatefulSet set = manifests.one(StatefulSet.class);
        QUICKER.forEach((name, value) -> set.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnv()
                .add(new EnvVar(name, value, null)));
        nodes = new SetController(runtime, set, publishesUnready(set.getSpec().getServiceName()));
    }

    @AfterEach
    void end() {
        nodes.close();
        runtime.close();
    }

    private boolean publishesUnready(String service) {
        return manifests.all(Service.class).stream()
                .filter(candidate -> candidate.getMetadata().getName().equals(service))
                .anyMatch(found -> Boolean.TRUE.equals(found.getSpec().getPublishNotReadyAddresses()));
    }

    /** As the controller of Jobs: again and again, until it is done. */
    private void runInitJob() {
        PodTemplateSpec template = manifests.one(Job.class).getSpec().getTemplate();
        PodRun run = initRun(template);
        Await.until(
                "the Job is done",
                PATIENCE,
                () -> runtime.runToEnd("chordata-init", template.getSpec(), run, PATIENCE) == 0);
    }

    private static PodRun initRun(PodTemplateSpec template) {
        return PodRun.of(
                template.getSpec().getContainers().get(0),
                new PodIdentity(
                        NodePod.NAMESPACE,
                        "chordata-init",
                        template.getMetadata().getLabels()));
    }

    @Test
    void base_appliedAndRolledUnderLoad_foundsItselfByTheJobAndFailsNoRequest() {
        long begun = System.nanoTime();
        runInitJob();
        nodes.awaitSettled(PATIENCE);
        Figures.note("three pods founded by the Job and ready after %.0f s".formatted(secondsSince(begun)));
        assertThat(nodes.readyAt(S3)).hasSize(3);
        assertThat(nodes.restarts()).isZero();

        List<URI> before = nodes.readyAt(S3);
        PodLoad load = new PodLoad(() -> nodes.readyAt(S3));
        long rolled = System.nanoTime();
        nodes.restart();
        nodes.awaitSettled(PATIENCE);
        load.close();
        Figures.note("a rolling restart of three pods: %.0f s, %d objects acknowledged, %d attempts made again"
                .formatted(secondsSince(rolled), load.acknowledged(), load.again()));
        assertThat(load.failures()).isEmpty();
        assertThat(load.lost()).isEmpty();
        assertThat(nodes.readyAt(S3)).doesNotContainAnyElementsOf(before);
        assertThat(nodes.restarts()).isZero();
    }

    @Test
    void volumes_wipedOneAfterTheOther_areFilledAgainInTheOneCluster() throws IOException {
        runInitJob();
        nodes.awaitSettled(PATIENCE);
        PodLoad load = new PodLoad(() -> nodes.readyAt(S3));
        Await.until("some objects are there", PATIENCE, () -> load.acknowledged() >= OBJECTS);
        load.close();
        String cluster = cluster(0).getString("clusterId");

        for (int ordinal = 0; ordinal < 3; ordinal++) {
            long begun = System.nanoTime();
            String lost = nodeId(ordinal);
            wipe(ordinal);
            nodes.awaitSettled(PATIENCE);
            assertThat(decommission(lost, (ordinal + 1) % 3)).isZero();
            int at = ordinal;
            Await.until("all copies are there again", PATIENCE, () -> {
                JsonObject now = cluster(at);
                return now.getString("state").equals("healthy") && now.getInteger("nodes") == 3;
            });
            Figures.note("volume of ordinal %d wiped: all copies again after %.0f s"
                    .formatted(ordinal, secondsSince(begun)));
            assertThat(nodeId(ordinal)).isNotEqualTo(lost);
            assertThat(cluster(ordinal).getString("clusterId")).isEqualTo(cluster);
        }
        assertThat(load.failures()).isEmpty();
        assertThat(load.lost()).isEmpty();
    }

    private void wipe(int ordinal) {
        nodes.hold(ordinal);
        Await.until("pod " + ordinal + " is gone", PATIENCE, () -> nodes.isGone(ordinal));
        Path volume = runtime.files().claim("data-chordata-" + ordinal);
        Command.of("/usr/bin/rm", "-r", volume.resolve("chordata").toString()).run();
        nodes.release(ordinal);
    }

    /** By the command in the image, with the Job's keys, asked of another pod: its exit code. */
    private int decommission(String node, int askedOrdinal) {
        PodTemplateSpec template = manifests.one(Job.class).getSpec().getTemplate();
        String admin = new NodePod(manifests.one(StatefulSet.class), askedOrdinal).fullName() + ":" + ADMIN;
        PodRun run = new PodRun(initRun(template).environment(), List.of("decommission", node, "--admin", admin));
        return runtime.runToEnd("decommission", template.getSpec(), run, PATIENCE);
    }

    private JsonObject cluster(int ordinal) throws IOException {
        return new JsonObject(admin(ordinal, "/v1/cluster"));
    }

    /** Of the node that is alive under the pod's name. */
    private String nodeId(int ordinal) throws IOException {
        return new JsonArray(admin(ordinal, "/v1/nodes"))
                .stream()
                        .map(JsonObject.class::cast)
                        .filter(node -> node.getString("name").equals("chordata-" + ordinal)
                                && node.getString("state").equals("alive"))
                        .map(node -> node.getString("id"))
                        .findFirst()
                        .orElseThrow();
    }

    private String admin(int ordinal, String path) throws IOException {
        return AdminPost.send(nodes.pod(ordinal, ADMIN).orElseThrow(), "GET", path)
                .body();
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
