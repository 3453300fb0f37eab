package io.chordata.node.kube;

import io.chordata.node.process.ChordataProcess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts containers of pods as processes: from the image, in a network namespace and a sandbox, with what the pod mounts. */
final class PodRuntime implements AutoCloseable {
    /** The one of the build, as the manifests call it. */
    static final String IMAGE = "chordata";

    private static final List<String> ZONES = List.of("zone-a", "zone-b", "zone-c");

    private final Map<String, UnpackedImage> images = new HashMap<>();
    private final PodNetwork network;
    private final ClusterDns dns;
    private final PodFiles files;

    /** @param folder empty */
    PodRuntime(Path folder) {
        try {
            images.put(IMAGE, UnpackedImage.in(Files.createDirectory(folder.resolve("image"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        network = PodNetwork.create();
        dns = new ClusterDns(network.own());
        files = new PodFiles(folder, network.own());
    }

    /** Of the machine that pods of this ordinal come to. */
    static String zone(int ordinal) {
        return ZONES.get(ordinal % ZONES.size());
    }

    /** From now on pods can name an image in which the program is this jar. */
    void addImage(String name, Path jar) {
        images.put(name, imageNamed(IMAGE).withProgram(jar));
    }

    private UnpackedImage imageNamed(String name) {
        return Objects.requireNonNull(images.get(name), () -> "no image " + name + " can be pulled");
    }

    PodFiles files() {
        return files;
    }

    ClusterDns dns() {
        return dns;
    }

    PodNetwork network() {
        return network;
    }

    /** Nothing of the pod runs any more. */
    void release(RunningPod pod) {
        network.leave(pod.place());
    }

    /** Machines stand in three zones, and pods are spread over them. */
    RunningPod start(NodePod pod, long nowNanos) {
        PodRun run = pod.run(Map.of("topology.kubernetes.io/zone", zone(pod.ordinal())));
        PodNetwork.Place place = network.join();
        return new RunningPod(
                place,
                pod.container(),
                Duration.ofSeconds(pod.spec().getTerminationGracePeriodSeconds()),
                words(place, pod.name(), pod.spec(), run.arguments(), pod.claims()),
                environment(pod.container(), run),
                log(pod.name()),
                nowNanos);
    }

    /**
     * Runs a program in a pod of its own.
     *
     * @param deadline after which it is killed
     * @return the exit code
     */
    int runToEnd(String name, PodSpec spec, PodRun run, Duration deadline) {
        return runToEnd(name, spec, run, Map.of(), deadline);
    }

    /** @param claims by the names of the volumes that they are mounted as */
    int runToEnd(String name, PodSpec spec, PodRun run, Map<String, String> claims, Duration deadline) {
        PodNetwork.Place place = network.join();
        ProcessBuilder builder = new ProcessBuilder(words(place, name, spec, run.arguments(), claims))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment(spec.getContainers().get(0), run));
        try {
            Process process = builder.start();
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            network.leave(place);
        }
    }

    private List<String> words(
            PodNetwork.Place place, String name, PodSpec spec, List<String> arguments, Map<String, String> claims) {
        List<String> words = new ArrayList<>(place.wrapper());
        Container container = spec.getContainers().get(0);
        words.addAll(new Sandbox(imageNamed(container.getImage()), files.mounts(name, spec, container, claims))
                .words(arguments));
        return words;
    }

    /** The JVM is told of the container's memory, as no control group does here. */
    private Map<String, String> environment(Container container, PodRun run) {
        Map<String, String> environment =
                new HashMap<>(imageNamed(container.getImage()).environment());
        environment.putAll(run.environment());
        Quantity memory =
                Objects.requireNonNull(container.getResources().getLimits().get("memory"));
        environment.put(
                "JDK_JAVA_OPTIONS", "-XX:MaxRAM=" + memory.getNumericalAmount().longValueExact());
        return environment;
    }

    /** What pods of this name, one after the other, say. */
    static Path log(String pod) {
        try {
            return Files.createDirectories(logFolder()).resolve(logPrefix() + pod + ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all pods that there were. */
    static List<Path> logs() {
        try (Stream<Path> all = Files.list(logFolder())) {
            return all.filter(file -> file.getFileName().toString().startsWith(logPrefix()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path logFolder() {
        return ChordataProcess.target().resolve("process-logs");
    }

    private static String logPrefix() {
        return ProcessHandle.current().pid() + "-pod-";
    }

    @Override
    public void close() {
        dns.close();
        network.close();
    }
}
