package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.AdminPaths;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.Option;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.Settings;
import io.chordata.node.config.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the Kubernetes manifests against the program that they start. */
class ManifestsTest {
    private static final Path MANIFESTS =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("k8s");

    private final Node statefulSet = document("base/statefulset.yaml", "StatefulSet");
    private final Node pod = statefulSet.at("spec", "template", "spec");
    private final Node container = pod.list("containers").get(0);

    @Test
    void arguments_ofTheContainer_areFlagsThatTheProgramTakes() {
        Settings settings = settings();

        assertThat(container.texts("args").get(0)).isEqualTo("node");
        assertThat(settings.get(OptionCatalogue.DATA)).isEqualTo(Path.of("/data/chordata"));
        assertThat(settings.get(OptionCatalogue.INIT)).isFalse();
    }

    @Test
    void ports_ofContainerAndServices_areThoseListenedAt() {
        Settings settings = settings();
        Map<String, Integer> named = new LinkedHashMap<>();
        container.list("ports").forEach(port -> named.put(port.text("name"), port.number("containerPort")));

        assertThat(named)
                .containsEntry("s3", settings.get(OptionCatalogue.S3).port())
                .containsEntry("admin", settings.get(OptionCatalogue.ADMIN).port());
        assertThat(settings.get(OptionCatalogue.S3)).isEqualTo(new HostPort("0.0.0.0", 9000));
        documents("base/services.yaml").stream()
                .flatMap(service -> service.at("spec").list("ports").stream())
                .forEach(port -> assertThat(port.number("port")).isEqualTo(named.get(port.text("targetPort"))));
    }

    @Test
    void probes_ofTheContainer_askPathsThatAreAnswered() {
        assertThat(probe("startupProbe")).isEqualTo(AdminPaths.STARTUP);
        assertThat(probe("livenessProbe")).isEqualTo(AdminPaths.LIVE);
        assertThat(probe("readinessProbe")).isEqualTo(AdminPaths.READY);
    }

    @Test
    void credentials_ofTheNode_comeFromASecretThatTheUserMakes() throws IOException {
        Map<String, String> environment = environment();
        String mount = container.list("volumeMounts").stream()
                .filter(volume -> volume.text("name").equals("root-key"))
                .map(volume -> volume.text("mountPath"))
                .findFirst()
                .orElseThrow();

        assertThat(environment.get("CHORDATA_ACCESS_KEY_FILE")).startsWith(mount + "/");
        assertThat(environment.get("CHORDATA_SECRET_KEY_FILE")).startsWith(mount + "/");
        assertThat(environment).doesNotContainKeys("CHORDATA_ACCESS_KEY", "CHORDATA_SECRET_KEY");
        try (Stream<Path> files = Files.walk(MANIFESTS)) {
            assertThat(files.filter(path -> path.toString().endsWith(".yaml")).map(ManifestsTest::read))
                    .noneMatch(text -> text.contains("kind: Secret") || text.contains("secretGenerator"));
        }
    }

    @Test
    void services_inTheNamespace_cannotBecomeOptions() {
        assertThat(pod.value("enableServiceLinks")).isEqualTo(false);
    }

    @Test
    void pod_stopping_givesRequestsLessTimeThanItHas() {
        long graceSeconds = SettingsLoader.load(
                        Map.of(), Map.of("CHORDATA_STOP_GRACE", environment().get("CHORDATA_STOP_GRACE")))
                .get(OptionCatalogue.STOP_GRACE)
                .toSeconds();

        assertThat(pod.number("terminationGracePeriodSeconds")).isGreaterThan((int) graceSeconds);
    }

    @Test
    void pod_asRun_isRestricted() {
        Node podSecurity = pod.at("securityContext");
        Node security = container.at("securityContext");

        assertThat(podSecurity.value("runAsNonRoot")).isEqualTo(true);
        assertThat(podSecurity.at("seccompProfile").text("type")).isEqualTo("RuntimeDefault");
        assertThat(security.value("allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(security.value("readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(security.at("capabilities").texts("drop")).containsExactly("ALL");
        assertThat(pod.value("automountServiceAccountToken")).isEqualTo(false);
        assertThat(container.at("resources", "limits").text("memory"))
                .isEqualTo(container.at("resources", "requests").text("memory"));
    }

    @Test
    void replicas_ofThisVersion_areOneAndItsVolumeStays() {
        assertThat(statefulSet.at("spec").number("replicas")).isEqualTo(1);
        assertThat(statefulSet
                        .at("spec", "persistentVolumeClaimRetentionPolicy")
                        .text("whenDeleted"))
                .isEqualTo("Retain");
    }

    @Test
    void devOverlay_onTheBase_foundsItself() {
        Node overlay = documents("overlays/dev/kustomization.yaml").get(0);

        assertThat(overlay.texts("resources")).containsExactly("../../base");
        assertThat(overlay.list("patches").get(0).text("patch")).contains("value: " + OptionCatalogue.INIT.flag());
    }

    private Settings settings() {
        Map<Option<?>, String> flags = new LinkedHashMap<>();
        List<String> args = container.texts("args");
        for (String arg : args.subList(1, args.size())) {
            String[] parts = arg.split("=", 2);
            flags.put(option(parts[0]), parts[1]);
        }
        Map<String, String> known = new LinkedHashMap<>(environment());
        known.keySet().removeIf(name -> name.endsWith("_FILE"));
        return SettingsLoader.load(flags, known);
    }

    private static Option<?> option(String flag) {
        return OptionCatalogue.ALL.stream()
                .filter(option -> option.flag().equals(flag) && option.isFlagAllowed())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program has no flag " + flag));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Node variable : container.list("env")) {
            Object value = variable.values.get("value");
            environment.put(variable.text("name"), value == null ? "from-the-pod" : value.toString());
        }
        assertThat(OptionCatalogue.ALL).extracting(Option::environmentName).containsAll(environment.keySet());
        return environment;
    }

    private String probe(String name) {
        Node request = container.at(name, "httpGet");
        assertThat(request.text("port")).isEqualTo("admin");
        return request.text("path");
    }

    private static Node document(String file, String kind) {
        return documents(file).stream()
                .filter(document -> document.text("kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<Node> documents(String file) {
        List<Node> documents = new ArrayList<>();
        LoadSettings settings = LoadSettings.builder().build();
        new Load(settings)
                .loadAllFromString(read(MANIFESTS.resolve(file)))
                .forEach(document -> documents.add(new Node(document)));
        return documents;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A mapping of a YAML document. */
    private record Node(Map<?, ?> values) {
        Node(Object document) {
            this((Map<?, ?>) document);
        }

        Node at(String... path) {
            Object value = values;
            for (String name : path) {
                value = new Node(value).value(name);
            }
            return new Node(value);
        }

        Object value(String name) {
            Object value = values.get(name);
            if (value == null) {
                throw new AssertionError("no '" + name + "' in " + values);
            }
            return value;
        }

        String text(String name) {
            return value(name).toString();
        }

        int number(String name) {
            return (Integer) value(name);
        }

        List<Node> list(String name) {
            return ((List<?>) value(name)).stream().map(Node::new).toList();
        }

        List<String> texts(String name) {
            return ((List<?>) value(name)).stream().map(Object::toString).toList();
        }
    }
}
