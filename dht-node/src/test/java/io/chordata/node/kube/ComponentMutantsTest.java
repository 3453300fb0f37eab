package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link ManifestMutantsTest}, of what components add. */
@RequiresKustomize
class ComponentMutantsTest {
    @TempDir
    private Path folder;

    private Tree tree;

    @BeforeEach
    void render() {
        tree = new Tree(Manifests.documents(
                Kustomize.render(folder, "base", List.of("components/cert-manager", "components/monitoring"))));
    }

    private List<String> broken() {
        return ManifestRule.broken(Manifests.of(tree.documents()));
    }

    private Map<String, Object> certificate() {
        return Tree.map(tree.object("Certificate", "chordata-internal"), "spec");
    }

    private List<Object> alerts() {
        return Tree.list(
                Tree.map(Tree.list(Tree.map(tree.object("PrometheusRule", "chordata"), "spec"), "groups")
                        .get(0)),
                "rules");
    }

    private Map<String, Object> alert(String name) {
        return alerts().stream()
                .map(Tree::map)
                .filter(alert -> name.equals(alert.get("alert")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manifests_withoutAMistake_breakNoRule() {
        assertThat(broken()).isEmpty();
    }

    /** As they would be for a server whom others reach by its name. */
    @Test
    void certificate_forNamesOfPods_isFound() {
        certificate().put("dnsNames", List.of("chordata-nodes", "*.chordata-nodes"));

        assertThat(broken()).containsExactly("certificates between nodes are for the name that nodes look for");
    }

    @Test
    void certificate_ofTheDefaultName_isNotThatOfAnotherThatNodesLookFor() {
        List<Object> containers =
                Tree.list(Tree.map(tree.object("StatefulSet", "chordata"), "spec", "template", "spec"), "containers");
        Tree.list(Tree.map(containers.get(0)), "env")
                .add(Map.of("name", "CHORDATA_INTERNAL_NAME", "value", "other.chordata"));

        assertThat(broken()).containsExactly("certificates between nodes are for the name that nodes look for");
    }

    @Test
    void certificate_forServersAlone_isFound() {
        certificate().put("usages", List.of("digital signature", "server auth"));

        assertThat(broken()).containsExactly("certificates between nodes are good for both sides");
    }

    @Test
    void authority_thatGetsAnotherKeyWhenItIsRenewed_isFound() {
        Map<String, Object> key = Tree.map(tree.object("Certificate", "chordata-internal-ca"), "spec", "privateKey");
        for (String policy : List.of("Always", "")) {
            key.put("rotationPolicy", policy);

            assertThat(broken()).containsExactly("an authority that is renewed keeps its key");
        }
        key.remove("rotationPolicy");

        assertThat(broken()).containsExactly("an authority that is renewed keeps its key");
    }

    @Test
    void alert_thatMixesClusters_isFound() {
        for (String expression :
                List.of("max(chordata_partitions_no_leader) > 0", "min by (pod) (chordata_ready) == 0")) {
            alert("ChordataNoMajority").put("expr", expression);

            assertThat(broken()).containsExactly("alerts tell clusters in other namespaces apart");
        }
    }

    @Test
    void alert_whoseTextEndsTwice_isFound() {
        Tree.map(alert("ChordataDiskFull"), "annotations").put("description", "It takes no more blocks..");

        assertThat(broken()).containsExactly("texts of alerts end as sentences do");
    }

    @Test
    void clusterDown_onlyIfNoneIsLeft_isFound() {
        alert("ChordataDown").put("expr", "absent(up{job=\"chordata-nodes\"} == 1)");

        assertThat(broken()).containsExactly("a cluster that is gone is told of beside others that are not");
    }

    @Test
    void nodesDown_bySeriesThatEndWithThem_isFound() {
        alert("ChordataNodeDown").put("expr", "up{job=\"chordata-nodes\"} == 0");

        assertThat(broken()).containsExactly("a node whose pod is gone is told of");
    }

    @Test
    void certificates_ofWhichNobodyIsTold_areFound() {
        for (String name :
                List.of("ChordataCertificateLate", "ChordataCertificateEnds", "ChordataCertificateRefused")) {
            List<Object> before = new ArrayList<>(alerts());
            alerts().remove(alert(name));
            assertThat(broken()).as(name).containsExactly("certificates that end or are refused are told of");
            alerts().clear();
            alerts().addAll(before);
        }
    }
}
