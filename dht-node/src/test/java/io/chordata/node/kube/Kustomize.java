package io.chordata.node.kube;

import io.chordata.node.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders manifests by Kustomize, on its own or as a part of kubectl. */
final class Kustomize {
    private static final Path KUBECTL = Path.of("/usr/bin/kubectl");
    private static final Path KUSTOMIZE = Path.of("/usr/local/bin/kustomize");
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("k8s");

    private Kustomize() {}

    /** The words that begin a rendering; none where neither program is there. */
    static Optional<List<String>> program() {
        if (Files.isExecutable(KUBECTL)) {
            return Optional.of(List.of(KUBECTL.toString(), "kustomize"));
        }
        return Files.isExecutable(KUSTOMIZE) ? Optional.of(List.of(KUSTOMIZE.toString(), "build")) : Optional.empty();
    }

    /** @param overlay folder with a kustomization, relative to {@code k8s} */
    static String render(String overlay) {
        return render(ROOT.resolve(overlay));
    }

    /**
     * An overlay with components, as an operator's own kustomization would put them together.
     *
     * @param folder empty, for that kustomization
     * @param overlay relative to {@code k8s}, as are the components
     */
    static String render(Path folder, String overlay, List<String> components) {
        StringBuilder text = new StringBuilder("resources:\n  - " + from(folder, overlay) + "\ncomponents:\n");
        components.forEach(
                component -> text.append("  - ").append(from(folder, component)).append('\n'));
        return render(folder, text.toString());
    }

    /**
     * An overlay with another number of nodes, as an operator's own kustomization would say it.
     *
     * @param folder empty, for that kustomization
     * @param overlay relative to {@code k8s}
     */
    static String renderScaled(Path folder, String overlay, String set, int replicas) {
        return render(folder, """
                resources:
                  - %s
                replicas:
                  - name: %s
                    count: %d
                """.formatted(from(folder, overlay), set, replicas));
    }

    private static String render(Path folder, String kustomization) {
        try {
            Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return render(folder);
    }

    private static String from(Path folder, String part) {
        try {
            return folder.toRealPath()
                    .relativize(ROOT.resolve(part).toRealPath())
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String render(Path folder) {
        return Command.of(Stream.concat(program().orElseThrow().stream(), Stream.of(folder.toString()))
                        .toArray(String[]::new))
                .run();
    }
}
