package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names by which pods are reached. */
final class ServiceRules {
    static final List<ManifestRule> ALL = List.of(
            new ManifestRule("nodes find each other by name before they are ready", ServiceRules::peers),
            new ManifestRule("clients come to ready nodes, at the S3 port alone", ServiceRules::clients),
            new ManifestRule("operators have a service apart from S3", ServiceRules::operators),
            new ManifestRule("services lead to all nodes and to nothing else", ServiceRules::selectors),
            new ManifestRule("ports of services are ports of the pods", ServiceRules::ports));

    private ServiceRules() {}

    private static ServiceSpec service(Manifests manifests, String name) {
        return manifests.all(Service.class).stream()
                .filter(service -> service.getMetadata().getName().equals(name))
                .map(Service::getSpec)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service " + name));
    }

    private static void peers(Manifests manifests) {
        for (StatefulSet set : manifests.all(StatefulSet.class)) {
            ServiceSpec peers = service(manifests, set.getSpec().getServiceName());
            assertThat(peers.getClusterIP()).isEqualTo("None");
            assertThat(peers.getPublishNotReadyAddresses()).isEqualTo(true);
            assertThat(peers.getPorts()).extracting(ServicePort::getName).contains("internal");
        }
    }

    private static void clients(Manifests manifests) {
        assertThatIsForReadyPods(service(manifests, "chordata-s3"), "s3");
    }

    private static void operators(Manifests manifests) {
        assertThatIsForReadyPods(service(manifests, "chordata-admin"), "admin");
    }

    private static void assertThatIsForReadyPods(ServiceSpec service, String port) {
        assertThat(service.getType()).isIn(null, "ClusterIP");
        assertThat(service.getClusterIP()).isNull();
        assertThat(service.getPublishNotReadyAddresses()).isNull();
        assertThat(service.getPorts()).extracting(ServicePort::getName).containsExactly(port);
    }

    private static void selectors(Manifests manifests) {
        for (Service service : manifests.all(Service.class)) {
            Map<String, String> selector = service.getSpec().getSelector();
            for (StatefulSet set : manifests.all(StatefulSet.class)) {
                assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
                        .containsAllEntriesOf(selector);
            }
            for (Job job : manifests.all(Job.class)) {
                assertThat(job.getSpec().getTemplate().getMetadata().getLabels().entrySet())
                        .matches(labels -> !labels.containsAll(selector.entrySet()), "not selected");
            }
        }
    }

    private static void ports(Manifests manifests) {
        for (NodePod pod : NodePod.of(manifests)) {
            Map<String, Integer> named = new LinkedHashMap<>();
            for (ContainerPort port : pod.container().getPorts()) {
                named.put(port.getName(), port.getContainerPort());
            }
            for (Service service : manifests.all(Service.class)) {
                for (ServicePort port : service.getSpec().getPorts()) {
                    assertThat(named).containsEntry(port.getTargetPort().getStrVal(), port.getPort());
                }
            }
        }
    }
}
