package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.cli.InitWords;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.Settings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;

/** How nodes find each other, where they stand, and who founds. */
final class FoundingRules {
    private static final int SEEDS = 3;

    static final List<ManifestRule> ALL = List.of(
            new ManifestRule(
                    "all have the same seeds: the full names of the first pods, three at most", FoundingRules::seeds),
            new ManifestRule("each node is reached by others by its pod's full name", FoundingRules::advertised),
            new ManifestRule("a node knows its zone", FoundingRules::zones),
            new ManifestRule("a Job asks ordinal 0 to found, which is a seed", FoundingRules::job),
            new ManifestRule("the Job tries again until it is done, and stays done", FoundingRules::persistence),
            new ManifestRule("the Job is made anew where it cannot be changed", FoundingRules::replacement));

    private FoundingRules() {}

    /** The lowest ordinals, of each set: those pods are there whatever the number of nodes. */
    private static void seeds(Manifests manifests) {
        List<NodePod> pods = NodePod.of(manifests);
        List<HostPort> first = pods.stream()
                .sorted(Comparator.comparingInt(NodePod::ordinal))
                .limit(SEEDS)
                .map(FoundingRules::internal)
                .toList();

        assertThat(pods)
                .allSatisfy(pod ->
                        assertThat(settings(pod).get(OptionCatalogue.SEEDS)).isEqualTo(first));
    }

    private static void advertised(Manifests manifests) {
        assertThat(NodePod.of(manifests))
                .allSatisfy(pod ->
                        assertThat(settings(pod).get(OptionCatalogue.ADVERTISE)).isEqualTo(internal(pod)));
    }

    private static Settings settings(NodePod pod) {
        return ProgramRules.settings(pod);
    }

    private static HostPort internal(NodePod pod) {
        return new HostPort(
                pod.fullName(), settings(pod).get(OptionCatalogue.INTERNAL).port());
    }

    private static void zones(Manifests manifests) {
        for (NodePod pod : NodePod.of(manifests)) {
            var selector = pod.spec().getNodeSelector();
            var zone = pod.container().getEnv().stream()
                    .filter(variable -> variable.getName().equals(OptionCatalogue.ZONE.environmentName()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(pod.name() + " has no zone"));
            if (selector == null || selector.isEmpty()) {
                assertThat(zone.getValueFrom().getFieldRef().getFieldPath())
                        .isEqualTo("metadata.labels['topology.kubernetes.io/zone']");
            } else {
                assertThat(zone.getValue()).isEqualTo(selector.get("topology.kubernetes.io/zone"));
            }
        }
    }

    private static void job(Manifests manifests) {
        PodTemplateSpec template = manifests.one(Job.class).getSpec().getTemplate();
        Container container = template.getSpec().getContainers().get(0);
        PodRun run = PodRun.of(
                container,
                new PodIdentity(
                        NodePod.NAMESPACE,
                        "chordata-init-x",
                        template.getMetadata().getLabels()));
        NodePod first = NodePod.of(manifests).get(0);

        assertThat(run.arguments().get(0)).isEqualTo("init");
        assertThat(InitWords.admin(run.arguments().subList(1, run.arguments().size())))
                .isEqualTo(new HostPort(
                                first.fullName(),
                                settings(first).get(OptionCatalogue.ADMIN).port())
                        .toString());
        assertThat(settings(first).get(OptionCatalogue.SEEDS)).startsWith(internal(first));
        assertThat(run.environment()).containsKeys("CHORDATA_ACCESS_KEY_FILE", "CHORDATA_SECRET_KEY_FILE");
    }

    private static void persistence(Manifests manifests) {
        var spec = manifests.one(Job.class).getSpec();
        assertThat(spec.getTemplate().getSpec().getRestartPolicy()).isEqualTo("OnFailure");
        assertThat(spec.getBackoffLimit()).isGreaterThanOrEqualTo(10);
        assertThat(spec.getTtlSecondsAfterFinished()).isNull();
    }

    /** What a Job runs is fixed, its image as well: whoever keeps manifests applied is told to delete it and make it again. */
    private static void replacement(Manifests manifests) {
        assertThat(manifests.one(Job.class).getMetadata().getAnnotations())
                .containsEntry("kustomize.toolkit.fluxcd.io/force", "enabled")
                .containsEntry("argocd.argoproj.io/sync-options", "Force=true,Replace=true");
    }
}
