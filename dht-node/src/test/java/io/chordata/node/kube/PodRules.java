package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What pods of any kind may do and get: the restricted level of the pod security standards, and no access to Kubernetes. */
final class PodRules {
    /** And group, of the image: what it writes belongs to them. */
    static final long USER = 10001;

    static final List<ManifestRule> ALL = List.of(
            each("pods satisfy the restricted pod security standard", PodRules::restricted),
            each("pods run as the user of the image", PodRules::user),
            each("pods cannot write their root file system", PodRules::readOnlyRoot),
            each("pods have no token", PodRules::noToken),
            each("pods get all the memory they ask for, and as much time as there is", PodRules::resources),
            each("services in the namespace set no variables of pods", PodRules::noServiceLinks),
            each("pods run one container, of the one image", PodRules::image),
            new ManifestRule("the service account has no token", PodRules::accountWithoutToken));

    private PodRules() {}

    private static ManifestRule each(String sentence, Consumer<PodSpec> check) {
        return new ManifestRule(sentence, manifests -> {
            List<PodSpec> pods = pods(manifests);
            assertThat(pods).hasSizeGreaterThan(1);
            pods.forEach(check);
        });
    }

    private static List<PodSpec> pods(Manifests manifests) {
        return Stream.concat(
                        manifests.all(StatefulSet.class).stream()
                                .map(set -> set.getSpec().getTemplate()),
                        manifests.all(Job.class).stream()
                                .map(job -> job.getSpec().getTemplate()))
                .map(PodTemplateSpec::getSpec)
                .toList();
    }

    private static void restricted(PodSpec pod) {
        PodSecurityContext all = pod.getSecurityContext();
        assertThat(all.getRunAsNonRoot()).isTrue();
        assertThat(all.getRunAsUser()).isPositive();
        assertThat(all.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()))
                .allMatch(host -> host == null || !host);
        assertThat(pod.getVolumes())
                .allMatch(PodRules::isAllowed, "of a kind that is allowed: no folder of the machine, above all");
        for (Container container : pod.getContainers()) {
            SecurityContext own = container.getSecurityContext();
            assertThat(own.getAllowPrivilegeEscalation()).isFalse();
            assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(own.getCapabilities().getAdd()).isEmpty();
            assertThat(Stream.of(
                            own.getPrivileged(), own.getRunAsUser(), own.getRunAsNonRoot(), own.getSeccompProfile()))
                    .as("nothing that would undo what holds for the pod")
                    .containsOnlyNulls();
            assertThat(container.getPorts()).allMatch(port -> port.getHostPort() == null, "no port of the machine");
        }
    }

    private static void user(PodSpec pod) {
        PodSecurityContext all = pod.getSecurityContext();
        assertThat(List.of(all.getRunAsUser(), all.getRunAsGroup(), all.getFsGroup()))
                .containsOnly(USER);
    }

    private static boolean isAllowed(Volume volume) {
        return volume.getEmptyDir() != null || volume.getSecret() != null || volume.getPersistentVolumeClaim() != null;
    }

    private static void readOnlyRoot(PodSpec pod) {
        assertThat(pod.getContainers())
                .allMatch(container -> container.getSecurityContext().getReadOnlyRootFilesystem());
    }

    private static void noToken(PodSpec pod) {
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getServiceAccountName()).isEqualTo("chordata");
    }

    private static void accountWithoutToken(Manifests manifests) {
        ServiceAccount account = manifests.one(ServiceAccount.class);
        assertThat(account.getMetadata()).extracting(ObjectMeta::getName).isEqualTo("chordata");
        assertThat(account.getAutomountServiceAccountToken()).isFalse();
    }

    private static void resources(PodSpec pod) {
        for (Container container : pod.getContainers()) {
            ResourceRequirements resources = container.getResources();
            assertThat(resources.getLimits()).containsOnlyKeys("memory");
            assertThat(resources.getRequests()).containsOnlyKeys("memory", "cpu");
            assertThat(resources.getLimits().get("memory"))
                    .isEqualTo(resources.getRequests().get("memory"));
        }
    }

    private static void noServiceLinks(PodSpec pod) {
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    private static void image(PodSpec pod) {
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getImage()).isEqualTo("chordata");
            assertThat(container.getCommand()).isEmpty();
        });
    }
}
