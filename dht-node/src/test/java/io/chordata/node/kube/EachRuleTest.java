package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No rule of manifests is one that nothing breaks: a mistake for each, made in the production overlay with its components. */
@RequiresKustomize
class EachRuleTest {
    private static final List<String> COMPONENTS =
            List.of("components/cert-manager", "components/monitoring", "components/tracing", "components/tls");

    @TempDir
    private static Path folder;

    private static String yaml;

    private record Mistake(String rule, Consumer<Tree> change) {
        @Override
        public String toString() {
            return rule;
        }
    }

    @BeforeAll
    static void render() {
        yaml = Kustomize.render(folder, "overlays/production", COMPONENTS);
    }

    static List<Mistake> mistakes() {
        return List.of(
                // SetRules
                new Mistake("pods start all at once", tree -> set(tree).put("podManagementPolicy", "OrderedReady")),
                new Mistake(
                        "an update goes pod by pod, and waits ten seconds after each",
                        tree -> set(tree).put("minReadySeconds", 0)),
                new Mistake(
                        "volumes outlive the set and the pods",
                        tree -> Tree.map(set(tree), "persistentVolumeClaimRetentionPolicy")
                                .put("whenScaled", "Delete")),
                new Mistake(
                        "each pod has a volume of its own",
                        tree -> claim(tree).put("accessModes", List.of("ReadWriteMany"))),
                new Mistake(
                        "pods are spread over zones",
                        tree -> first(pod(tree), "topologySpreadConstraints")
                                .put("topologyKey", "kubernetes.io/hostname")),
                new Mistake(
                        "pods prefer machines of their own", tree -> pod(tree).remove("affinity")),
                new Mistake(
                        "one node at a time is evicted, and one that is not ready at any time",
                        tree -> tree.spec("PodDisruptionBudget", "chordata").put("maxUnavailable", 2)),
                // ServiceRules
                new Mistake(
                        "nodes find each other by name before they are ready",
                        tree -> tree.spec("Service", "chordata-nodes").remove("publishNotReadyAddresses")),
                new Mistake(
                        "clients come to ready nodes, at the S3 port alone",
                        tree -> tree.spec("Service", "chordata-s3").put("type", "LoadBalancer")),
                new Mistake(
                        "operators have a service apart from S3",
                        tree -> tree.spec("Service", "chordata-admin").put("publishNotReadyAddresses", true)),
                new Mistake(
                        "services lead to all nodes and to nothing else",
                        tree -> Tree.map(tree.spec("Service", "chordata-s3"), "selector")
                                .put("chordata.io/zone", "a")),
                new Mistake(
                        "ports of services are ports of the pods",
                        tree -> first(tree.spec("Service", "chordata-admin"), "ports")
                                .put("port", 9100)),
                // PodRules
                new Mistake(
                        "pods satisfy the restricted pod security standard",
                        tree -> pod(tree).put("hostNetwork", true)),
                new Mistake(
                        "pods run as the user of the image",
                        tree -> Tree.map(pod(tree), "securityContext").put("runAsUser", 1000)),
                new Mistake(
                        "pods cannot write their root file system",
                        tree -> Tree.map(container(tree), "securityContext").put("readOnlyRootFilesystem", false)),
                new Mistake("pods have no token", tree -> pod(tree).remove("automountServiceAccountToken")),
                new Mistake(
                        "pods get all the memory they ask for, and as much time as there is",
                        tree -> Tree.map(container(tree), "resources", "limits").put("cpu", "2")),
                new Mistake(
                        "services in the namespace set no variables of pods",
                        tree -> jobPod(tree).remove("enableServiceLinks")),
                new Mistake(
                        "pods run one container, of the one image",
                        tree -> jobContainer(tree).put("image", "chordata-init")),
                new Mistake(
                        "the service account has no token",
                        tree -> tree.object("ServiceAccount", "chordata").put("automountServiceAccountToken", true)),
                // ProgramRules
                new Mistake(
                        "nodes are started with flags and variables that they know",
                        tree -> variables(tree).add(variable("CHORDATA_MOVESS", "64"))),
                new Mistake(
                        "no reference to a variable is left open",
                        tree -> variables(tree).add(variable("CHORDATA_CONFIG", "$(HOME)/chordata.yaml"))),
                new Mistake(
                        "nodes listen at the ports that their pods name",
                        tree -> Tree.replace(
                                Tree.list(container(tree), "args"), "--s3=0.0.0.0:9000", "--s3=0.0.0.0:9010")),
                new Mistake(
                        "probes ask paths that are answered",
                        tree -> get(tree, "livenessProbe").put("path", "/health")),
                new Mistake(
                        "probes notice soon who is not ready, and let live who is slow",
                        tree -> Tree.map(container(tree), "livenessProbe").put("failureThreshold", 1)),
                new Mistake(
                        "a node has between 15 and 30 minutes for its start",
                        tree -> Tree.map(container(tree), "startupProbe").put("failureThreshold", 60)),
                new Mistake(
                        "a pod has time for all that a node does before it ends",
                        tree -> pod(tree).put("terminationGracePeriodSeconds", 30)),
                new Mistake(
                        "a pod serves on until whoever sends requests has noticed that it ends",
                        tree -> setVariable(tree, "CHORDATA_STOP_DELAY", "1s")),
                new Mistake(
                        "data lies on the pod's own volume",
                        tree -> Tree.replace(Tree.list(container(tree), "args"), "--data=/data", "--data=/tmp")),
                new Mistake(
                        "secrets come from files that are mounted",
                        tree -> setVariable(tree, "CHORDATA_SECRET_KEY_FILE", "/run/secrets/nowhere/secret-key")),
                new Mistake(
                        "native libraries can be unpacked",
                        tree -> Tree.list(container(tree), "volumeMounts")
                                .removeIf(mount -> "tmp".equals(Tree.map(mount).get("name")))),
                // FoundingRules
                new Mistake(
                        "all have the same seeds: the full names of the first pods, three at most",
                        tree -> Tree.replace(
                                Tree.list(container(tree), "args"), "chordata-2.chordata-nodes.", "chordata-2.")),
                new Mistake(
                        "each node is reached by others by its pod's full name",
                        tree -> Tree.replace(
                                Tree.list(container(tree), "args"), "--advertise=$(CHORDATA_NAME).", "--advertise=")),
                new Mistake(
                        "a node knows its zone",
                        tree -> variables(tree)
                                .removeIf(variable -> "CHORDATA_ZONE"
                                        .equals(Tree.map(variable).get("name")))),
                new Mistake(
                        "a Job asks ordinal 0 to found, which is a seed",
                        tree -> Tree.replace(Tree.list(jobContainer(tree), "args"), "chordata-0.", "chordata-1.")),
                new Mistake(
                        "the Job tries again until it is done, and stays done",
                        tree -> tree.spec("Job", "chordata-init").put("ttlSecondsAfterFinished", 60)),
                new Mistake(
                        "the Job is made anew where it cannot be changed",
                        tree -> Tree.map(tree.object("Job", "chordata-init"), "metadata")
                                .remove("annotations")),
                // CertificateRules
                new Mistake(
                        "certificates between nodes are for the name that nodes look for",
                        tree -> certificate(tree).put("dnsNames", List.of("chordata-nodes"))),
                new Mistake(
                        "certificates between nodes are good for both sides",
                        tree -> certificate(tree).put("usages", List.of("client auth"))),
                new Mistake(
                        "certificates that are made for nodes are mounted by each",
                        tree -> certificate(tree).put("secretName", "chordata-other-tls")),
                new Mistake(
                        "an authority that is renewed keeps its key",
                        tree -> Tree.map(tree.spec("Certificate", "chordata-internal-ca"), "privateKey")
                                .remove("rotationPolicy")),
                // TlsRules
                new Mistake(
                        "ports of S3 and operators both speak TLS, by a secret, or neither does",
                        tree -> variables(tree)
                                .removeIf(variable -> String.valueOf(
                                                Tree.map(variable).get("name"))
                                        .startsWith("CHORDATA_S3_"))),
                new Mistake(
                        "probes speak TLS where the admin port does",
                        tree -> get(tree, "startupProbe").remove("scheme")),
                new Mistake(
                        "metrics are scraped by TLS where the admin port speaks it",
                        tree -> first(tree.spec("ServiceMonitor", "chordata"), "endpoints")
                                .remove("scheme")),
                new Mistake(
                        "the Job asks by TLS where the admin port speaks it",
                        tree -> Tree.list(jobContainer(tree), "env")
                                .removeIf(variable -> "CHORDATA_ADMIN_AUTHORITY"
                                        .equals(Tree.map(variable).get("name")))),
                // NetworkRules
                new Mistake(
                        "nodes are reached by whom they serve alone",
                        tree -> first(tree.spec("NetworkPolicy", "chordata-nodes"), "ingress")
                                .remove("ports")),
                new Mistake(
                        "nodes reach each other, name servers and who takes their spans, alone",
                        tree -> Tree.list(tree.spec("NetworkPolicy", "chordata-nodes"), "egress")
                                .remove(2)),
                new Mistake(
                        "the Job is reached by nobody, and reaches nodes and name servers alone",
                        tree -> tree.spec("NetworkPolicy", "chordata-init").put("policyTypes", List.of("Ingress"))),
                // AlertRules
                new Mistake(
                        "alerts tell clusters in other namespaces apart",
                        tree -> alert(tree, "ChordataNoMajority")
                                .put("expr", "max(chordata_partitions_no_leader) > 0")),
                new Mistake(
                        "texts of alerts end as sentences do",
                        tree -> Tree.map(alert(tree, "ChordataDiskFull"), "annotations")
                                .put("description", "no end")),
                new Mistake(
                        "a cluster that is gone is told of beside others that are not",
                        tree -> alert(tree, "ChordataDown").put("expr", "absent(up == 1)")),
                new Mistake(
                        "a node whose pod is gone is told of",
                        tree -> alert(tree, "ChordataNodeDown").put("expr", "up == 0")),
                new Mistake(
                        "certificates that end or are refused are told of",
                        tree -> alert(tree, "ChordataCertificateRefused").put("expr", "vector(0)")));
    }

    private static Map<String, Object> set(Tree tree) {
        return tree.spec("StatefulSet", "chordata");
    }

    private static Map<String, Object> pod(Tree tree) {
        return Tree.map(set(tree), "template", "spec");
    }

    private static Map<String, Object> container(Tree tree) {
        return first(pod(tree), "containers");
    }

    private static Map<String, Object> claim(Tree tree) {
        return Tree.map(first(set(tree), "volumeClaimTemplates"), "spec");
    }

    private static Map<String, Object> get(Tree tree, String probe) {
        return Tree.map(container(tree), probe, "httpGet");
    }

    private static List<Object> variables(Tree tree) {
        return Tree.list(container(tree), "env");
    }

    private static Map<String, Object> variable(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    private static void setVariable(Tree tree, String name, String value) {
        variables(tree).stream()
                .map(Tree::map)
                .filter(variable -> name.equals(variable.get("name")))
                .forEach(variable -> variable.put("value", value));
    }

    private static Map<String, Object> jobPod(Tree tree) {
        return Tree.map(tree.spec("Job", "chordata-init"), "template", "spec");
    }

    private static Map<String, Object> jobContainer(Tree tree) {
        return first(jobPod(tree), "containers");
    }

    private static Map<String, Object> certificate(Tree tree) {
        return tree.spec("Certificate", "chordata-internal");
    }

    private static Map<String, Object> alert(Tree tree, String name) {
        return Tree.list(first(tree.spec("PrometheusRule", "chordata"), "groups"), "rules").stream()
                .map(Tree::map)
                .filter(alert -> name.equals(alert.get("alert")))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> first(Map<String, Object> map, String name) {
        return Tree.map(Tree.list(map, name).get(0));
    }

    @Test
    void manifests_withoutAMistake_breakNoRule() {
        assertThat(ManifestRule.broken(Manifests.parse(yaml))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void rule_withAMistakeAgainstIt_isBroken(Mistake mistake) {
        Tree tree = new Tree(Manifests.documents(yaml));
        mistake.change().accept(tree);

        assertThat(ManifestRule.broken(Manifests.of(tree.documents()))).contains(mistake.rule());
    }

    @Test
    void rules_eachOfThem_haveAMistakeAgainstThem() {
        assertThat(ManifestRule.ALL)
                .extracting(ManifestRule::sentence)
                .containsExactlyInAnyOrderElementsOf(
                        mistakes().stream().map(Mistake::rule).toList());
    }
}
