package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Who may reach whom at which port, where the manifests have network policies: these, and no others. */
final class NetworkRules {
    private static final String NODES = "pods " + labels("node");
    private static final String MONITORING = "namespaces {kubernetes.io/metadata.name=monitoring}";
    private static final List<String> NAME_SERVERS = List.of("53/TCP anyone", "53/UDP anyone");

    static final List<ManifestRule> ALL = List.of(
            where("nodes are reached by whom they serve alone", NetworkRules::intoNodes),
            where("nodes reach each other, name servers and who takes their spans, alone", NetworkRules::outOfNodes),
            where("the Job is reached by nobody, and reaches nodes and name servers alone", NetworkRules::job));

    private NetworkRules() {}

    private static ManifestRule where(String sentence, Consumer<Manifests> check) {
        return new ManifestRule(sentence, manifests -> {
            if (!manifests.all(NetworkPolicy.class).isEmpty()) {
                check.accept(manifests);
            }
        });
    }

    private static void intoNodes(Manifests manifests) {
        assertThat(incoming(policyOf(manifests, "node")))
                .containsExactlyInAnyOrder(
                        "s3/TCP namespaces {}",
                        "admin/TCP pods {}",
                        "admin/TCP " + MONITORING,
                        "internal/TCP " + NODES);
    }

    private static void outOfNodes(Manifests manifests) {
        List<String> expected = new ArrayList<>(NAME_SERVERS);
        expected.add("internal/TCP " + NODES);
        collector(manifests).ifPresent(port -> expected.add(port + "/TCP " + MONITORING));
        assertThat(outgoing(policyOf(manifests, "node"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The port of whoever takes spans. */
    private static Optional<Integer> collector(Manifests manifests) {
        return NodePod.of(manifests).stream()
                .flatMap(pod -> Stream.ofNullable(pod.run().environment().get("CHORDATA_TRACE_ENDPOINT")))
                .map(endpoint -> URI.create(endpoint).getPort())
                .findFirst();
    }

    private static void job(Manifests manifests) {
        NetworkPolicySpec policy = policyOf(manifests, "init");
        assertThat(incoming(policy)).isEmpty();
        List<String> expected = new ArrayList<>(NAME_SERVERS);
        expected.add("admin/TCP " + NODES);
        assertThat(outgoing(policy)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The only one; without a direction in it, that would be open to all. */
    private static NetworkPolicySpec policyOf(Manifests manifests, String component) {
        List<NetworkPolicySpec> policies = manifests.all(NetworkPolicy.class).stream()
                .map(NetworkPolicy::getSpec)
                .filter(policy -> text(policy.getPodSelector()).equals(labels(component)))
                .toList();
        assertThat(policies)
                .singleElement()
                .satisfies(
                        policy -> assertThat(policy.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress"));
        return policies.get(0);
    }

    private static List<String> incoming(NetworkPolicySpec policy) {
        return policy.getIngress().stream()
                .flatMap(rule -> texts(rule.getPorts(), rule.getFrom()))
                .toList();
    }

    private static List<String> outgoing(NetworkPolicySpec policy) {
        return policy.getEgress().stream()
                .flatMap(rule -> texts(rule.getPorts(), rule.getTo()))
                .toList();
    }

    /** Each port with each peer; where either is left out, all are meant. */
    private static Stream<String> texts(List<NetworkPolicyPort> ports, List<NetworkPolicyPeer> peers) {
        List<String> whom = peers.isEmpty()
                ? List.of("anyone")
                : peers.stream().map(NetworkRules::text).toList();
        List<String> where = ports.isEmpty()
                ? List.of("any port")
                : ports.stream().map(NetworkRules::text).toList();
        return where.stream().flatMap(port -> whom.stream().map(peer -> port + " " + peer));
    }

    private static String text(NetworkPolicyPort port) {
        IntOrString number = port.getPort();
        String last = port.getEndPort() == null ? "" : "-" + port.getEndPort();
        return (number == null ? "any" : number.getValue()) + last + "/"
                + (port.getProtocol() == null ? "TCP" : port.getProtocol());
    }

    private static String text(NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            return "addresses " + peer.getIpBlock().getCidr();
        }
        if (peer.getNamespaceSelector() == null) {
            return "pods " + text(peer.getPodSelector());
        }
        String namespaces = "namespaces " + text(peer.getNamespaceSelector());
        return peer.getPodSelector() == null ? namespaces : "pods " + text(peer.getPodSelector()) + " in " + namespaces;
    }

    private static String text(LabelSelector selector) {
        Map<String, String> labels = selector.getMatchLabels();
        return new TreeMap<>(labels == null ? Map.of() : labels)
                + (selector.getMatchExpressions().isEmpty()
                        ? ""
                        : selector.getMatchExpressions().toString());
    }

    private static String labels(String component) {
        return "{app.kubernetes.io/component=" + component + ", app.kubernetes.io/name=chordata}";
    }
}
