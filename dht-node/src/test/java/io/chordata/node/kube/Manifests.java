package io.chordata.node.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The documents of a rendering, each in the class of its kind. What that class does not know is refused, and so are kinds that
 * the manifests should not have: secrets and rights, above all.
 */
final class Manifests {
    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", CustomKinds.PrometheusRule.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", CustomKinds.ServiceMonitor.class),
            Map.entry("cert-manager.io/v1/Certificate", CustomKinds.Certificate.class),
            Map.entry("cert-manager.io/v1/Issuer", CustomKinds.Issuer.class));

    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(new NoExtras());

    private final List<Object> objects;

    private Manifests(List<Object> objects) {
        this.objects = List.copyOf(objects);
    }

    /** @throws IllegalArgumentException if it has a kind or a field that is not known, or one of another type */
    static Manifests parse(String yaml) {
        return of(documents(yaml));
    }

    /** @throws IllegalArgumentException as {@link #parse} */
    static Manifests of(List<Map<?, ?>> documents) {
        return new Manifests(documents.stream().map(Manifests::object).toList());
    }

    static List<Map<?, ?>> documents(String yaml) {
        List<Map<?, ?>> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(yaml)
                .forEach(document -> documents.add((Map<?, ?>) document));
        return documents;
    }

    private static Object object(Map<?, ?> document) {
        String kind = document.get("apiVersion") + "/" + document.get("kind");
        Class<?> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("no class is known for " + kind);
        }
        try {
            // not convertValue(), which would skip the checks of numbers
            return STRICT.readValue(STRICT.writeValueAsString(document), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(kind + ": " + e.getMessage(), e);
        }
    }

    List<Object> all() {
        return objects;
    }

    <T> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** @throws AssertionError unless there is exactly one */
    <T> T one(Class<T> type) {
        List<T> all = all(type);
        if (all.size() != 1) {
            throw new AssertionError("there should be one " + type.getSimpleName() + ", there are " + all.size());
        }
        return all.get(0);
    }

    /** Has fields that a class of the model does not know be refused, instead of kept beside the others. */
    private static final class NoExtras extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
