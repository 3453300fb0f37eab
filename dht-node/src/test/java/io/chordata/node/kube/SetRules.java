package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** How the nodes are made, rolled, spread and evicted, and what becomes of their volumes. */
final class SetRules {
    private static final String ZONE = "topology.kubernetes.io/zone";

    static final List<ManifestRule> ALL = List.of(
            each("pods start all at once", SetRules::startAtOnce),
            each("an update goes pod by pod, and waits ten seconds after each", SetRules::rollSlowly),
            each("volumes outlive the set and the pods", SetRules::keepVolumes),
            each("each pod has a volume of its own", SetRules::ownVolumes),
            each("pods are spread over zones", SetRules::spread),
            each("pods prefer machines of their own", SetRules::standApart),
            new ManifestRule("one node at a time is evicted, and one that is not ready at any time", SetRules::budget));

    private SetRules() {}

    private static ManifestRule each(String sentence, Consumer<StatefulSet> check) {
        return new ManifestRule(sentence, manifests -> {
            List<StatefulSet> sets = manifests.all(StatefulSet.class);
            assertThat(sets).isNotEmpty();
            sets.forEach(check);
        });
    }

    private static void startAtOnce(StatefulSet set) {
        assertThat(set.getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
    }

    private static void rollSlowly(StatefulSet set) {
        assertThat(set.getSpec().getUpdateStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(set.getSpec().getMinReadySeconds()).isEqualTo(10);
    }

    private static void keepVolumes(StatefulSet set) {
        var retention = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
        assertThat(List.of(retention.getWhenDeleted(), retention.getWhenScaled()))
                .containsOnly("Retain");
    }

    private static void ownVolumes(StatefulSet set) {
        StatefulSetSpec spec = set.getSpec();
        assertThat(spec.getTemplate().getSpec().getVolumes())
                .extracting(Volume::getPersistentVolumeClaim)
                .allMatch(Objects::isNull);
        assertThat(spec.getVolumeClaimTemplates())
                .singleElement()
                .extracting(PersistentVolumeClaim::getSpec)
                .satisfies(claim -> assertThat(claim.getAccessModes()).containsExactly("ReadWriteOnce"));
    }

    private static void spread(StatefulSet set) {
        var pod = set.getSpec().getTemplate();
        if (pod.getSpec().getNodeSelector() != null
                && pod.getSpec().getNodeSelector().containsKey(ZONE)) {
            assertThat(pod.getSpec().getTopologySpreadConstraints()).isEmpty();
            return;
        }
        TopologySpreadConstraint zones =
                pod.getSpec().getTopologySpreadConstraints().get(0);
        assertThat(zones.getTopologyKey()).isEqualTo(ZONE);
        assertThat(zones.getMaxSkew()).isEqualTo(1);
        assertSelects(pod.getMetadata().getLabels(), zones.getLabelSelector().getMatchLabels());
    }

    private static void standApart(StatefulSet set) {
        var pod = set.getSpec().getTemplate();
        WeightedPodAffinityTerm preferred = pod.getSpec()
                .getAffinity()
                .getPodAntiAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecution()
                .get(0);
        assertThat(preferred.getPodAffinityTerm().getTopologyKey()).isEqualTo("kubernetes.io/hostname");
        assertSelects(
                pod.getMetadata().getLabels(),
                preferred.getPodAffinityTerm().getLabelSelector().getMatchLabels());
    }

    private static void budget(Manifests manifests) {
        PodDisruptionBudgetSpec budget =
                manifests.one(PodDisruptionBudget.class).getSpec();
        assertThat(budget.getMaxUnavailable().getIntVal()).isEqualTo(1);
        assertThat(budget.getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
        manifests
                .all(StatefulSet.class)
                .forEach(set -> assertSelects(
                        set.getSpec().getTemplate().getMetadata().getLabels(),
                        budget.getSelector().getMatchLabels()));
    }

    private static void assertSelects(Map<String, String> labels, Map<String, String> selector) {
        assertThat(selector).isNotEmpty();
        assertThat(labels).containsAllEntriesOf(selector);
    }
}
