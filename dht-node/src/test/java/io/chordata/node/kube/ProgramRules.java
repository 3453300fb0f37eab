package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.AdminPaths;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.Option;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.Settings;
import io.chordata.node.config.SettingsLoader;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manifests and the program that they start say the same of flags, variables, ports, paths and times. */
final class ProgramRules {
    private static final Duration STARTUP_MIN = Duration.ofMinutes(15);
    private static final Duration STARTUP_MAX = Duration.ofMinutes(30);
    private static final Duration LIVENESS_MIN = Duration.ofSeconds(30);
    private static final Duration LIVENESS_MAX = Duration.ofMinutes(2);
    private static final int GRACE_SECONDS = 120;
    /** What a node does beside waiting: leaves the ring, ends its housekeeping, hands over what it leads, syncs and closes. */
    private static final int STOP_SECONDS = 30;
    /** Kubernetes has told every machine by then that a pod is not ready any more. */
    private static final Duration NOTICE = Duration.ofSeconds(5);

    private static final Path NOT_READ = Path.of("/dev/null");

    static final List<ManifestRule> ALL = List.of(
            each("nodes are started with flags and variables that they know", ProgramRules::options),
            each("no reference to a variable is left open", ProgramRules::references),
            each("nodes listen at the ports that their pods name", ProgramRules::ports),
            each("probes ask paths that are answered", ProgramRules::probes),
            each("probes notice soon who is not ready, and let live who is slow", ProgramRules::patience),
            each("a node has between 15 and 30 minutes for its start", ProgramRules::startup),
            each("a pod has time for all that a node does before it ends", ProgramRules::grace),
            each("a pod serves on until whoever sends requests has noticed that it ends", ProgramRules::notice),
            each("data lies on the pod's own volume", ProgramRules::data),
            each("secrets come from files that are mounted", ProgramRules::secrets),
            each("native libraries can be unpacked", ProgramRules::scratch));

    private ProgramRules() {}

    private static ManifestRule each(String sentence, Consumer<NodePod> check) {
        return new ManifestRule(sentence, manifests -> {
            List<NodePod> pods = NodePod.of(manifests);
            assertThat(pods).isNotEmpty();
            pods.forEach(check);
        });
    }

    static Settings settings(NodePod pod) {
        PodRun run = pod.run();
        assertThat(run.arguments().get(0)).isEqualTo("node");
        Map<Option<?>, String> flags = new LinkedHashMap<>();
        for (String argument : run.arguments().subList(1, run.arguments().size())) {
            String[] parts = argument.split("=", 2);
            assertThat(parts).as(argument).hasSize(2);
            flags.put(option(parts[0]), parts[1]);
        }
        return SettingsLoader.load(flags, withoutFiles(run.environment()));
    }

    private static Option<?> option(String flag) {
        return OptionCatalogue.ALL.stream()
                .filter(option -> option.flag().equals(flag) && option.isFlagAllowed())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program has no flag " + flag));
    }

    /** The files are in a pod only: each is taken for what could be in it. */
    private static Map<String, String> withoutFiles(Map<String, String> environment) {
        return environment.entrySet().stream()
                .collect(Collectors.toMap(
                        variable -> variable.getKey().replaceFirst("_FILE$", ""),
                        variable -> variable.getKey().endsWith("_FILE")
                                ? "a-secret-of-any-kind-that-is-long-enough"
                                : variable.getValue()));
    }

    static NodeConfig config(NodePod pod) {
        return NodeConfig.of(settings(pod), NOT_READ, false, new RootCredentials("root", "long-enough-for-a-secret"));
    }

    private static void options(NodePod pod) {
        assertThat(OptionCatalogue.ALL)
                .extracting(Option::environmentName)
                .containsAll(pod.run().environment().keySet().stream()
                        .filter(name -> name.startsWith("CHORDATA_"))
                        .toList());
        NodeConfig config = config(pod);
        assertThat(config.cluster().secret()).isNotNull();
        assertThat(settings(pod).get(OptionCatalogue.NAME)).isEqualTo(pod.name());
        assertThat(settings(pod).get(OptionCatalogue.INIT)).isFalse();
    }

    private static void references(NodePod pod) {
        assertThat(Stream.concat(pod.run().arguments().stream(), pod.run().environment().values().stream()))
                .noneMatch(text -> text.contains("$("));
    }

    private static void ports(NodePod pod) {
        Map<String, HostPort> named = pod.container().getPorts().stream()
                .collect(Collectors.toMap(
                        ContainerPort::getName, port -> new HostPort("0.0.0.0", port.getContainerPort())));
        Settings settings = settings(pod);

        assertThat(named)
                .isEqualTo(Map.of(
                        "s3", settings.get(OptionCatalogue.S3),
                        "admin", settings.get(OptionCatalogue.ADMIN),
                        "internal", settings.get(OptionCatalogue.INTERNAL)));
    }

    private static void probes(NodePod pod) {
        Container container = pod.container();
        assertThat(path(container.getStartupProbe())).isEqualTo(AdminPaths.STARTUP);
        assertThat(path(container.getLivenessProbe())).isEqualTo(AdminPaths.LIVE);
        assertThat(path(container.getReadinessProbe())).isEqualTo(AdminPaths.READY);
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("admin");
        return probe.getHttpGet().getPath();
    }

    private static void startup(NodePod pod) {
        Probe probe = pod.container().getStartupProbe();
        assertThat(untilFailed(probe)).isBetween(STARTUP_MIN, STARTUP_MAX);
    }

    /** A pod that ends serves on until it is left out, by this probe or otherwise; one that is killed takes its cache along. */
    private static void patience(NodePod pod) {
        Probe readiness = pod.container().getReadinessProbe();
        Probe liveness = pod.container().getLivenessProbe();
        assertThat(untilFailed(readiness)).isLessThanOrEqualTo(NOTICE);
        assertThat(untilFailed(liveness)).isBetween(LIVENESS_MIN, LIVENESS_MAX);
        assertThat(Stream.of(readiness, liveness, pod.container().getStartupProbe()))
                .allSatisfy(probe -> assertThat(probe.getTimeoutSeconds()).isBetween(1, probe.getPeriodSeconds()));
    }

    private static Duration untilFailed(Probe probe) {
        return Duration.ofSeconds((long) probe.getPeriodSeconds() * probe.getFailureThreshold());
    }

    private static void grace(NodePod pod) {
        long pods = pod.spec().getTerminationGracePeriodSeconds();
        Duration delay = settings(pod).get(OptionCatalogue.STOP_DELAY);
        Duration requests = settings(pod).get(OptionCatalogue.STOP_GRACE);
        assertThat(pods).isEqualTo(GRACE_SECONDS);
        assertThat(requests).isPositive();
        assertThat(delay.plus(requests).toSeconds() + STOP_SECONDS).isLessThanOrEqualTo(pods);
    }

    private static void notice(NodePod pod) {
        assertThat(settings(pod).get(OptionCatalogue.STOP_DELAY)).isGreaterThanOrEqualTo(NOTICE);
    }

    private static void data(NodePod pod) {
        String claim = pod.set()
                .getSpec()
                .getVolumeClaimTemplates()
                .get(0)
                .getMetadata()
                .getName();
        VolumeMount mount = mount(pod, settings(pod).get(OptionCatalogue.DATA));
        assertThat(mount.getName()).isEqualTo(claim);
        assertThat(mount.getReadOnly()).isNull();
    }

    static VolumeMount mount(NodePod pod, Path file) {
        return pod.container().getVolumeMounts().stream()
                .filter(mount -> file.startsWith(mount.getMountPath()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is mounted at " + file));
    }

    private static void secrets(NodePod pod) {
        Map<String, String> environment = pod.run().environment();
        for (Option<?> secret :
                List.of(OptionCatalogue.ACCESS_KEY, OptionCatalogue.SECRET_KEY, OptionCatalogue.CLUSTER_SECRET)) {
            assertThat(environment).doesNotContainKey(secret.environmentName());
            assertThat(environment).containsKey(secret.environmentName() + "_FILE");
            VolumeMount mount = mount(pod, Path.of(environment.get(secret.environmentName() + "_FILE")));
            assertThat(mount.getReadOnly()).isTrue();
            assertThat(pod.spec().getVolumes())
                    .filteredOn(volume -> volume.getName().equals(mount.getName()))
                    .singleElement()
                    .satisfies(volume -> assertThat(volume.getSecret().getDefaultMode())
                            .as("of group %d", pod.spec().getSecurityContext().getFsGroup())
                            .isEqualTo(0440));
        }
    }

    private static void scratch(NodePod pod) {
        VolumeMount mount = mount(pod, Path.of("/tmp"));
        assertThat(pod.spec().getVolumes())
                .filteredOn(volume -> volume.getName().equals(mount.getName()))
                .singleElement()
                .satisfies(volume -> assertThat(volume.getEmptyDir()).isNotNull());
    }
}
