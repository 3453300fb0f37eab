package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.kube.CustomKinds.Endpoint;
import io.chordata.node.kube.CustomKinds.ServiceMonitor;
import io.chordata.node.tls.TlsOptions;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whoever asks the S3 and admin ports speaks TLS where they do, and only there. */
final class TlsRules {
    static final List<ManifestRule> ALL = List.of(
            new ManifestRule("ports of S3 and operators both speak TLS, by a secret, or neither does", TlsRules::ports),
            new ManifestRule("probes speak TLS where the admin port does", TlsRules::probes),
            new ManifestRule("metrics are scraped by TLS where the admin port speaks it", TlsRules::scrapes),
            new ManifestRule("the Job asks by TLS where the admin port speaks it", TlsRules::job));

    private TlsRules() {}

    private static @Nullable TlsOptions admin(NodePod pod) {
        return ProgramRules.config(pod).tls().admin();
    }

    /** One answer for all nodes. */
    private static boolean isUsed(Manifests manifests) {
        List<Boolean> uses = NodePod.of(manifests).stream()
                .map(pod -> admin(pod) != null)
                .distinct()
                .toList();
        assertThat(uses).hasSize(1);
        return uses.get(0);
    }

    private static void ports(Manifests manifests) {
        for (NodePod pod : NodePod.of(manifests)) {
            TlsOptions admin = admin(pod);
            TlsOptions s3 = ProgramRules.config(pod).tls().s3();
            assertThat(s3 == null).isEqualTo(admin == null);
            Stream.of(Optional.ofNullable(s3), Optional.ofNullable(admin))
                    .flatMap(Optional::stream)
                    .flatMap(files -> Stream.of(files.certificatePath(), files.keyPath()))
                    .forEach(
                            file -> assertThat(secret(pod.spec(), Path.of(file)).getDefaultMode())
                                    .isEqualTo(0440));
        }
    }

    /** That is mounted, read-only, where the file is to be. */
    private static SecretVolumeSource secret(PodSpec pod, Path file) {
        VolumeMount mount = pod.getContainers().get(0).getVolumeMounts().stream()
                .filter(candidate -> file.startsWith(candidate.getMountPath()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is mounted at " + file));
        assertThat(mount.getReadOnly()).isTrue();
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .map(Volume::getSecret)
                .findFirst()
                .orElseThrow();
    }

    private static void probes(Manifests manifests) {
        for (NodePod pod : NodePod.of(manifests)) {
            Container container = pod.container();
            for (Probe probe :
                    List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
                assertThat(probe.getHttpGet().getScheme()).isEqualTo(admin(pod) == null ? null : "HTTPS");
            }
        }
    }

    private static void scrapes(Manifests manifests) {
        boolean isUsed = isUsed(manifests);
        assertThat(manifests.all(ServiceMonitor.class).stream().flatMap(monitor -> monitor.spec().endpoints().stream()))
                .allSatisfy(endpoint -> {
                    assertThat(endpoint.scheme()).isEqualTo(isUsed ? "https" : null);
                    assertThat(trusted(endpoint))
                            .isEqualTo(isUsed ? Optional.of(secretOfNodes(manifests)) : Optional.empty());
                });
    }

    private static Optional<String> trusted(Endpoint endpoint) {
        return Optional.ofNullable(endpoint.tlsConfig()).map(tls -> {
            assertThat(tls.serverName()).as("pods are scraped by address").isNotEmpty();
            assertThat(tls.ca().secret().getKey()).isEqualTo("ca.crt");
            return tls.ca().secret().getName();
        });
    }

    private static String secretOfNodes(Manifests manifests) {
        NodePod pod = NodePod.of(manifests).get(0);
        TlsOptions admin = Objects.requireNonNull(admin(pod));
        return secret(pod.spec(), Path.of(admin.certificatePath())).getSecretName();
    }

    /** Of the secret, it gets what it trusts, and not the key. */
    private static void job(Manifests manifests) {
        PodSpec pod = manifests.one(Job.class).getSpec().getTemplate().getSpec();
        Optional<String> authority = Optional.ofNullable(
                PodRun.of(pod.getContainers().get(0), new PodIdentity(NodePod.NAMESPACE, "chordata-init", Map.of()))
                        .environment()
                        .get(OptionCatalogue.ADMIN_AUTHORITY.environmentName()));
        assertThat(authority.isPresent()).isEqualTo(isUsed(manifests));
        authority.ifPresent(file -> {
            SecretVolumeSource secret = secret(pod, Path.of(file));
            assertThat(secret.getSecretName()).isEqualTo(secretOfNodes(manifests));
            assertThat(secret.getItems()).singleElement().satisfies(item -> {
                assertThat(item.getKey()).isEqualTo("ca.crt");
                assertThat(file).endsWith("/" + item.getPath());
            });
        });
    }
}
