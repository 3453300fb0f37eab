package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.AdminPost;
import io.chordata.node.process.Await;
import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.Command;
import io.chordata.node.rpc.TestCertificates;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The base with a number of nodes, rendered, applied and executed; and what its operators do to it. */
final class KubeCluster implements AutoCloseable {
    /** For whatever happens to pods. */
    static final Duration PATIENCE = Duration.ofMinutes(20);

    static final int S3 = 9000;
    static final String BEFORE = "chordata:before";
    private static final String CLUSTER_SECRET = "chordata-cluster-secret";
    private static final int ADMIN = 9001;
    /** Than the defaults, which spare the requests of clients. */
    private static final Map<String, String> QUICKER = Map.of("CHORDATA_MOVES", "64", "CHORDATA_MOVE_AFTER", "2s");

    private final Manifests manifests;
    private final PodRuntime runtime;
    private final SetController nodes;

    private KubeCluster(Manifests manifests, PodRuntime runtime) {
        this.manifests = manifests;
        this.runtime = runtime;
        StatefulSet set = manifests.one(StatefulSet.class);
        nodes = new SetController(runtime, set, publishesUnready(set.getSpec().getServiceName()));
    }

    /** @param folder empty */
    static KubeCluster apply(Path folder, int replicas) {
        return apply(folder, replicas, null, Map.of());
    }

    /**
     * @param folder empty
     * @param before a jar that pods run at first, as {@link #BEFORE}, instead of the program in the image
     * @param more variables of nodes
     */
    static KubeCluster apply(Path folder, int replicas, @Nullable Path before, Map<String, String> more) {
        try {
            Path overlay = Files.createDirectory(folder.resolve("overlay"));
            Manifests manifests = Manifests.parse(Kustomize.renderScaled(overlay, "base", "chordata", replicas));
            Stream.of(QUICKER, more)
                    .forEach(values -> containers(manifests).get(0).getEnv().addAll(variables(values)));
            PodRuntime runtime = new PodRuntime(folder);
            addSecrets(runtime.files());
            if (before != null) {
                runtime.addImage(BEFORE, before);
                containers(manifests).forEach(container -> container.setImage(BEFORE));
            }
            return new KubeCluster(manifests, runtime);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One small node, whose S3 and admin ports speak TLS.
     *
     * @param folder empty
     * @param names that its certificate is for
     */
    static KubeCluster applyWithTls(Path folder, List<String> names) {
        try {
            Path overlay = Files.createDirectory(folder.resolve("overlay"));
            Manifests manifests = Manifests.parse(Kustomize.render(overlay, "overlays/dev", List.of("components/tls")));
            PodRuntime runtime = new PodRuntime(folder);
            addSecrets(runtime.files());
            TestCertificates authority = new TestCertificates(folder);
            authority.issue("tls", names, TestCertificates.now());
            runtime.files()
                    .addSecret(
                            "chordata-tls",
                            Map.of(
                                    "tls.crt", Files.readString(authority.file("tls.pem")),
                                    "tls.key", Files.readString(authority.file("tls.key")),
                                    "ca.crt", Files.readString(authority.file("authority.pem"))));
            return new KubeCluster(manifests, runtime);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Container> containers(Manifests manifests) {
        return Stream.of(
                        manifests.one(StatefulSet.class).getSpec().getTemplate(),
                        manifests.one(Job.class).getSpec().getTemplate())
                .flatMap(template -> template.getSpec().getContainers().stream())
                .toList();
    }

    private static List<EnvVar> variables(Map<String, String> values) {
        return values.entrySet().stream()
                .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
                .toList();
    }

    private static void addSecrets(PodFiles files) {
        files.addSecret(
                "chordata-root-key",
                Map.of("access-key", ChordataProcess.ACCESS_KEY, "secret-key", ChordataProcess.SECRET_KEY));
        files.addSecret(CLUSTER_SECRET, Map.of("secret", ChordataProcess.CLUSTER_SECRET));
    }

    private boolean publishesUnready(String service) {
        return manifests.all(Service.class).stream()
                .filter(candidate -> candidate.getMetadata().getName().equals(service))
                .anyMatch(found -> Boolean.TRUE.equals(found.getSpec().getPublishNotReadyAddresses()));
    }

    /** As applying the manifests with a variable more; {@link #withoutVariable} takes it back. */
    void useVariable(String name, String value) {
        nodes.change(() -> variablesOfNodes().add(new EnvVar(name, value, null)));
    }

    void withoutVariable(String name) {
        nodes.change(
                () -> variablesOfNodes().removeIf(variable -> variable.getName().equals(name)));
    }

    private List<EnvVar> variablesOfNodes() {
        return containers(manifests).get(0).getEnv();
    }

    /** As applying the manifests with another image in them: pods are rolled. The Job is to be made anew then, {@link #init}. */
    void useImage(String image) {
        nodes.change(() -> containers(manifests).forEach(container -> container.setImage(image)));
    }

    PodRuntime runtime() {
        return runtime;
    }

    SetController nodes() {
        return nodes;
    }

    /** Where the S3 service leads. */
    List<URI> s3() {
        return nodes.readyAt(S3);
    }

    /** Founded by the Job and ready: returns the id of the cluster. */
    String found() {
        init();
        nodes.awaitSettled(PATIENCE);
        return clusterId(0);
    }

    /** The Job is made, or made anew, and run as its controller does: again and again, until it is done. */
    void init() {
        PodTemplateSpec template = jobTemplate();
        PodRun run = jobRun(template);
        Await.until(
                "the Job is done",
                PATIENCE,
                () -> runtime.runToEnd("chordata-init", template.getSpec(), run, PATIENCE) == 0);
    }

    private PodTemplateSpec jobTemplate() {
        return manifests.one(Job.class).getSpec().getTemplate();
    }

    private static PodRun jobRun(PodTemplateSpec template) {
        return PodRun.of(
                template.getSpec().getContainers().get(0),
                new PodIdentity(
                        NodePod.NAMESPACE,
                        "chordata-init",
                        template.getMetadata().getLabels()));
    }

    /**
     * Runs a command in a pod of the image, with the Job's keys.
     *
     * @param asked ordinal of the pod that is asked
     * @return its exit code
     */
    private int run(int asked, String... words) {
        PodTemplateSpec template = jobTemplate();
        String admin = nameOf(asked) + ":" + ADMIN;
        List<String> arguments =
                Stream.concat(Stream.of(words), Stream.of("--admin", admin)).toList();
        PodRun run = new PodRun(jobRun(template).environment(), arguments);
        return runtime.runToEnd(words[0], template.getSpec(), run, PATIENCE);
    }

    /**
     * As the runbook has it, until that is done; an answer that is lost is asked for again.
     *
     * @param asked ordinal of the pod that is asked
     * @param name or id, as an operator gives it at first
     * @param id of that node: who is out already has no name any more
     */
    void decommission(int asked, String name, String id) {
        if (run(asked, "decommission", name) != 0) {
            Await.until(name + " is decommissioned", PATIENCE, () -> run(asked, "decommission", id) == 0);
        }
    }

    /** The pod is gone by force, its volume is empty, then it comes again. */
    void wipe(int ordinal) {
        take(ordinal);
        Command.of("/usr/bin/rm", "-r", data(ordinal).toString()).run();
        nodes.release(ordinal);
    }

    /** The pod is gone by force, and does not come back before it is released. */
    void take(int ordinal) {
        nodes.hold(ordinal);
        Await.until("pod " + ordinal + " is gone", PATIENCE, () -> nodes.isGone(ordinal));
    }

    /** The pod is gone by force and comes back as soon as that is noticed, on another address. */
    void replace(int ordinal) {
        take(ordinal);
        nodes.release(ordinal);
    }

    String nameOf(int ordinal) {
        return new NodePod(manifests.one(StatefulSet.class), ordinal).fullName();
    }

    /** On the pod's volume: where its node keeps what it has. */
    Path data(int ordinal) {
        return runtime.files().claim("data-chordata-" + ordinal).resolve("chordata");
    }

    /** As a second pod that mounts the volume of the one that runs: its exit code. */
    int runOnVolumeOf(int ordinal) {
        NodePod pod = new NodePod(manifests.one(StatefulSet.class), ordinal);
        return runtime.runToEnd(pod.name() + "-second", pod.spec(), pod.run(), pod.claims(), PATIENCE);
    }

    /** For pods that start from now on. */
    void useClusterSecret(Map<String, String> data) {
        runtime.files().addSecret(CLUSTER_SECRET, data);
    }

    void awaitHealthy(int asked, int count) {
        Await.until("all copies are on " + count + " nodes", PATIENCE, () -> {
            JsonObject now = state(asked);
            return now.getString("state").equals("healthy") && now.getInteger("nodes") == count;
        });
    }

    /** Every partition has the voters that the ring wants for it, and nobody is on the way. */
    void awaitPlaced(int asked) {
        Await.until(
                "every partition is where it belongs",
                PATIENCE,
                () -> partitions(asked).allMatch(KubeCluster::isPlaced));
    }

    /** Others have all copies that were this node's. */
    void awaitReplaced(int asked, String id) {
        Await.until(
                id + " is replaced",
                PATIENCE,
                () -> partitions(asked)
                        .noneMatch(partition -> Stream.of("desired", "voters", "learners")
                                .anyMatch(part -> partition.getJsonArray(part).contains(id))));
        awaitPlaced(asked);
    }

    private Stream<JsonObject> partitions(int asked) {
        return new JsonArray(admin(asked, "/v1/partitions")).stream().map(JsonObject.class::cast);
    }

    private static boolean isPlaced(JsonObject partition) {
        return partition.getJsonArray("learners").isEmpty()
                && Set.copyOf(partition.getJsonArray("desired").getList())
                        .equals(Set.copyOf(partition.getJsonArray("voters").getList()));
    }

    String clusterId(int asked) {
        return state(asked).getString("clusterId");
    }

    private JsonObject state(int asked) {
        return new JsonObject(admin(asked, "/v1/cluster"));
    }

    /** Of the node that is alive under the pod's name. */
    String nodeId(int ordinal) {
        return Await.answer(
                "chordata-" + ordinal + " is alive",
                PATIENCE,
                () -> aliveAs("chordata-" + ordinal, ordinal),
                id -> !id.isEmpty());
    }

    /** @throws IllegalStateException if nobody is */
    private String aliveAs(String name, int asked) {
        return new JsonArray(admin(asked, "/v1/nodes"))
                .stream()
                        .map(JsonObject.class::cast)
                        .filter(node -> node.getString("name").equals(name)
                                && node.getString("state").equals("alive"))
                        .map(node -> node.getString("id"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no node " + name + " is alive"));
    }

    /** Of the same pod. */
    static URI adminOf(URI pod) {
        return URI.create("http://" + pod.getHost() + ":" + ADMIN);
    }

    private String admin(int ordinal, String path) {
        return Await.answer(
                "chordata-" + ordinal + " answers " + path,
                PATIENCE,
                () -> ask(ordinal, path),
                answer -> !answer.isEmpty());
    }

    private String ask(int ordinal, String path) {
        URI pod = nodes.pod(ordinal, ADMIN).orElseThrow(() -> new IllegalStateException("no pod " + ordinal));
        try {
            HttpResponse<String> answer = AdminPost.send(pod, "GET", path);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the pods under this name, one after the other, have said. */
    String log(int ordinal) {
        try {
            return Files.readString(PodRuntime.log("chordata-" + ordinal));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pods that are not in the zone, at their S3 ports. */
    List<URI> outside(String zone) {
        List<URI> pods = new ArrayList<>();
        IntStream.range(0, manifests.one(StatefulSet.class).getSpec().getReplicas())
                .filter(ordinal -> !PodRuntime.zone(ordinal).equals(zone))
                .forEach(ordinal -> nodes.pod(ordinal, S3).ifPresent(pods::add));
        return pods;
    }

    static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    @Override
    public void close() {
        nodes.close();
        runtime.close();
        assertThatNoSecretIsTold();
    }

    private void assertThatNoSecretIsTold() {
        List<String> secrets = runtime.files().confidential();
        assertThat(secrets).hasSizeGreaterThan(1);
        for (Path log : PodRuntime.logs()) {
            try (Stream<String> lines = Files.lines(log)) {
                assertThat(lines.filter(line -> secrets.stream().anyMatch(line::contains)))
                        .as("lines with a secret in %s", log)
                        .isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
