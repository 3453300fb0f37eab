package io.chordata.node.kube;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kinds that Prometheus Operator and cert-manager define, as far as the manifests use them: other fields are refused. */
final class CustomKinds {
    private CustomKinds() {}

    record ServiceMonitor(String apiVersion, String kind, ObjectMeta metadata, MonitorSpec spec) {}

    record MonitorSpec(LabelSelector selector, List<Endpoint> endpoints) {}

    record Endpoint(
            String port,
            String path,
            String interval,
            @Nullable String scheme,
            @Nullable ScrapeTls tlsConfig) {}

    record ScrapeTls(String serverName, SecretOrConfigMap ca) {}

    record SecretOrConfigMap(SecretKeySelector secret) {}

    record PrometheusRule(String apiVersion, String kind, ObjectMeta metadata, RuleSpec spec) {}

    record RuleSpec(List<RuleGroup> groups) {}

    record RuleGroup(String name, List<Alert> rules) {}

    record Alert(
            String alert,
            String expr,
            @JsonProperty("for") String lasting,
            Map<String, String> labels,
            Map<String, String> annotations) {}

    record Issuer(String apiVersion, String kind, ObjectMeta metadata, IssuerSpec spec) {}

    record IssuerSpec(Map<String, String> selfSigned, CaIssuer ca) {}

    record CaIssuer(String secretName) {}

    record Certificate(String apiVersion, String kind, ObjectMeta metadata, CertificateSpec spec) {}

    record CertificateSpec(
            boolean isCA,
            String commonName,
            String secretName,
            List<String> dnsNames,
            String duration,
            String renewBefore,
            List<String> usages,
            PrivateKey privateKey,
            IssuerRef issuerRef) {}

    record PrivateKey(String algorithm, int size, String encoding, String rotationPolicy) {}

    record IssuerRef(String kind, String name) {}
}
