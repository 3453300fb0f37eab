package io.chordata.node.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A pod that a StatefulSet makes. */
record NodePod(StatefulSet set, int ordinal) {
    static final String NAMESPACE = "storage";

    static List<NodePod> of(Manifests manifests) {
        return manifests.all(StatefulSet.class).stream()
                .flatMap(set ->
                        IntStream.range(0, set.getSpec().getReplicas()).mapToObj(ordinal -> new NodePod(set, ordinal)))
                .toList();
    }

    String name() {
        return set.getMetadata().getName() + "-" + ordinal;
    }

    /** By which the cluster's DNS knows it. */
    String fullName() {
        return name() + "." + set.getSpec().getServiceName() + "." + NAMESPACE + ".svc.cluster.local";
    }

    PodSpec spec() {
        return set.getSpec().getTemplate().getSpec();
    }

    Container container() {
        return spec().getContainers().get(0);
    }

    PodRun run() {
        return run(Map.of());
    }

    /** @param bound labels that a pod gets when it comes to a machine */
    PodRun run(Map<String, String> bound) {
        Map<String, String> labels =
                new HashMap<>(set.getSpec().getTemplate().getMetadata().getLabels());
        labels.putAll(bound);
        return PodRun.of(container(), new PodIdentity(NAMESPACE, name(), labels));
    }

    /** The claims that the set makes for this pod, by the name of the volume. */
    Map<String, String> claims() {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toMap(Function.identity(), claim -> claim + "-" + name()));
    }
}
