package io.chordata.node.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files in tests. */
final class TestFiles {
    private TestFiles() {}

    /** Files that vanish meanwhile are left out. */
    static void copyTree(Path from, Path to) {
        for (Path file : tree(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            try {
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (Files.exists(file)) {
                    Files.copy(file, copy);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The directory and all below, parents first. */
    static List<Path> tree(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
