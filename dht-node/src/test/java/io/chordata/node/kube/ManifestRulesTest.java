package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rendering keeps each rule, and has nothing that Kubernetes would not know. */
@RequiresKustomize
class ManifestRulesTest {
    /** Nodes for each zone first: what changes nodes does not reach those that come after it. */
    private static final List<String> COMPONENTS = List.of(
            "components/per-zone",
            "components/cert-manager",
            "components/monitoring",
            "components/tracing",
            "components/tls");

    @TempDir
    private Path folder;

    static Stream<Arguments> overlaysAndRules() {
        return Stream.of("base", "overlays/dev", "overlays/production").flatMap(overlay -> {
            Manifests manifests = Manifests.parse(Kustomize.render(overlay));
            return ManifestRule.ALL.stream().map(rule -> Arguments.of(overlay, rule, manifests));
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("overlaysAndRules")
    void manifests_asRendered_keepTheRule(String overlay, ManifestRule rule, Manifests manifests) {
        rule.check().accept(manifests);
    }

    @Test
    void production_withEveryComponent_keepsAllRules() {
        Manifests manifests = Manifests.parse(Kustomize.render(folder, "overlays/production", COMPONENTS));

        assertThat(ManifestRule.broken(manifests)).isEmpty();
        assertThat(manifests.all(CustomKinds.Certificate.class)).hasSize(2);
        assertThat(NodePod.of(manifests))
                .extracting(NodePod::name)
                .containsExactly("chordata-a-0", "chordata-b-0", "chordata-c-0");
    }

    @Test
    void dev_asRendered_isOneNode() {
        assertThat(NodePod.of(Manifests.parse(Kustomize.render("overlays/dev"))))
                .hasSize(1);
    }

    @Test
    void production_asRendered_isThreeNodesThatAreClosedToOthers() {
        Manifests manifests = Manifests.parse(Kustomize.render("overlays/production"));

        assertThat(NodePod.of(manifests))
                .hasSize(3)
                .allSatisfy(pod -> assertThat(pod.spec().getTopologySpreadConstraints())
                        .singleElement()
                        .satisfies(zones ->
                                assertThat(zones.getWhenUnsatisfiable()).isEqualTo("DoNotSchedule")));
        assertThat(manifests.all(NetworkPolicy.class)).hasSize(2);
    }

    @Test
    void field_thatIsMisspelt_isRefused() {
        String yaml = Kustomize.render("base").replace("publishNotReadyAddresses", "publishNotReadyAdresses");

        assertThatThrownBy(() -> Manifests.parse(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("publishNotReadyAdresses");
    }
}
