package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.kube.CustomKinds.Alert;
import io.chordata.node.kube.CustomKinds.PrometheusRule;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What somebody is told of, where the manifests have alerts. */
final class AlertRules {
    /** Of which the namespace, and so the cluster, is lost. */
    private static final Pattern MIXING = Pattern.compile("\\b(sum|min|max|avg|count)\\b(?! by \\(namespace\\b)");

    static final List<ManifestRule> ALL = List.of(
            new ManifestRule("alerts tell clusters in other namespaces apart", each(AlertRules::clusters)),
            new ManifestRule("texts of alerts end as sentences do", each(AlertRules::texts)),
            new ManifestRule("a cluster that is gone is told of beside others that are not", AlertRules::lostClusters),
            new ManifestRule("a node whose pod is gone is told of", AlertRules::lostPods),
            new ManifestRule("certificates that end or are refused are told of", AlertRules::certificates));

    private AlertRules() {}

    private static Stream<Alert> alerts(Manifests manifests) {
        return manifests.all(PrometheusRule.class).stream()
                .flatMap(rule -> rule.spec().groups().stream())
                .flatMap(group -> group.rules().stream());
    }

    private static Consumer<Manifests> each(Consumer<Alert> check) {
        return manifests -> alerts(manifests).forEach(check);
    }

    private static void clusters(Alert alert) {
        assertThat(alert.expr()).doesNotContainPattern(MIXING);
    }

    private static void texts(Alert alert) {
        assertThat(alert.annotations().get("description")).as(alert.alert()).matches("(?s).*[^.]\\.");
    }

    /** Nothing by its namespace is left to be counted: what there was an hour ago is. */
    private static void lostClusters(Manifests manifests) {
        assertThatIsTold(manifests, "by (namespace) (up{", "offset 1h", "unless", "absent(");
    }

    /** Its own series end with it: others say that they know it. */
    private static void lostPods(Manifests manifests) {
        assertThatIsTold(manifests, "chordata_directory_nodes", "up{job=\"chordata-nodes\"} == 1");
    }

    private static void certificates(Manifests manifests) {
        assertThatIsTold(manifests, "chordata_certificate_expires_seconds", "< 604800");
        assertThatIsTold(manifests, "chordata_certificate_expires_seconds", "< 86400");
        assertThatIsTold(manifests, "chordata_certificate_changes_total{result=\"refused\"}");
    }

    private static void assertThatIsTold(Manifests manifests, String... parts) {
        if (!manifests.all(PrometheusRule.class).isEmpty()) {
            assertThat(alerts(manifests).map(Alert::expr))
                    .anySatisfy(expression -> assertThat(expression).contains(parts));
        }
    }
}
