package io.chordata.node.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A text file of the repository.
 *
 * @param path relative to the repository, with forward slashes
 */
record SourceFile(String path, String text) {
    private static final List<String> FOLDERS = List.of("dht-client", "dht-node", "ring-viz", "k8s", ".ci");
    private static final List<String> ENDINGS =
            List.of(".java", ".md", ".xml", ".proto", ".sh", ".yaml", ".yml", ".properties", ".svg");

    /** The sources of all modules and the documents beside them; nothing that a build made. */
    static List<SourceFile> all() {
        Path root = repository();
        List<SourceFile> files = new ArrayList<>();
        collect(root, root, 1, files);
        for (String folder : FOLDERS) {
            if (Files.isDirectory(root.resolve(folder))) {
                collect(root, root.resolve(folder), Integer.MAX_VALUE, files);
            }
        }
        return List.copyOf(files);
    }

    /** The folder with the root pom.xml. Maven runs the tests of a module in the module's own. */
    static Path repository() {
        return Path.of(System.getProperty("basedir", ""))
                .resolve("..")
                .toAbsolutePath()
                .normalize();
    }

    private static void collect(Path root, Path folder, int depth, List<SourceFile> files) {
        try (Stream<Path> paths = Files.walk(folder, depth)) {
            paths.filter(Files::isRegularFile)
                    .filter(path -> !root.relativize(path).toString().matches(".*(target|__pycache__)/.*"))
                    .filter(path -> ENDINGS.stream().anyMatch(path.toString()::endsWith)
                            || root.relativize(path).startsWith(".ci"))
                    .sorted()
                    .forEach(path -> files.add(read(root, path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile read(Path root, Path path) {
        try {
            return new SourceFile(root.relativize(path).toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    /** {@code path:line: what} for each line that is wrong. */
    List<String> where(Predicate<String> isWrong, String what) {
        List<String> violations = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (isWrong.test(lines.get(i))) {
                violations.add(path + ":" + (i + 1) + ": " + what);
            }
        }
        return violations;
    }

    List<String> whole(boolean isWrong, String what) {
        return isWrong ? List.of(path + ": " + what) : List.of();
    }
}
