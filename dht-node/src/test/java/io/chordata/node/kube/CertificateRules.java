package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.kube.CustomKinds.CertificateSpec;
import io.chordata.node.rpc.RpcTlsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Certificates that are made for nodes are such as nodes take from each other. */
final class CertificateRules {
    static final List<ManifestRule> ALL = List.of(
            new ManifestRule(
                    "certificates between nodes are for the name that nodes look for", CertificateRules::names),
            new ManifestRule("certificates between nodes are good for both sides", CertificateRules::usages),
            new ManifestRule("certificates that are made for nodes are mounted by each", CertificateRules::mounted),
            new ManifestRule("an authority that is renewed keeps its key", CertificateRules::authorities));

    private CertificateRules() {}

    private static void names(Manifests manifests) {
        for (NodePod pod : NodePod.of(manifests)) {
            tls(pod).ifPresent(tls ->
                    assertThat(certificate(manifests, pod, tls).dnsNames()).contains(tls.name()));
        }
    }

    private static void usages(Manifests manifests) {
        for (NodePod pod : NodePod.of(manifests)) {
            tls(pod).ifPresent(tls ->
                    assertThat(certificate(manifests, pod, tls).usages()).contains("server auth", "client auth"));
        }
    }

    /** A component that patches nodes does not reach those that come after it: they would speak without TLS. */
    private static void mounted(Manifests manifests) {
        for (CustomKinds.Certificate certificate : manifests.all(CustomKinds.Certificate.class)) {
            if (!certificate.spec().isCA()) {
                assertThat(NodePod.of(manifests))
                        .allSatisfy(pod -> assertThat(pod.spec().getVolumes())
                                .anyMatch(volume -> volume.getSecret() != null
                                        && volume.getSecret()
                                                .getSecretName()
                                                .equals(certificate.spec().secretName())));
            }
        }
    }

    /** Certificates under either key are refused by who has the other one alone, and not all nodes get the new one at once. */
    private static void authorities(Manifests manifests) {
        assertThat(manifests.all(CustomKinds.Certificate.class))
                .filteredOn(certificate -> certificate.spec().isCA())
                .allSatisfy(
                        authority -> assertThat(authority.spec().privateKey().rotationPolicy())
                                .isEqualTo("Never"));
    }

    private static Optional<RpcTlsOptions> tls(NodePod pod) {
        return Optional.ofNullable(ProgramRules.config(pod).cluster().rpc().tls());
    }

    /** Whose secret is mounted where the node reads its certificate. */
    private static CertificateSpec certificate(Manifests manifests, NodePod pod, RpcTlsOptions tls) {
        String volume = ProgramRules.mount(pod, Path.of(tls.certificatePath())).getName();
        String secret = pod.spec().getVolumes().stream()
                .filter(candidate -> candidate.getName().equals(volume))
                .map(candidate -> candidate.getSecret().getSecretName())
                .findFirst()
                .orElseThrow();
        return manifests.all(CustomKinds.Certificate.class).stream()
                .map(CustomKinds.Certificate::spec)
                .filter(spec -> spec.secretName().equals(secret))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody makes " + secret));
    }
}
