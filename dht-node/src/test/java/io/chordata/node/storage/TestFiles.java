package io.chordata.node.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The files of a living store as a power loss would leave them, all at one moment: a flush in the background may write
     * a table and delete a log while others are copied, so it is copied again until nothing changed meanwhile.
     */
    static void copyOfOneMoment(Path from, Path to) {
        Map<Path, FileTime> before;
        do {
            tree(to).stream().sorted(Comparator.reverseOrder()).forEach(TestFiles::delete);
            before = lastChanges(from);
            copyTree(from, to);
        } while (!before.equals(lastChanges(from)));
    }

    private static Map<Path, FileTime> lastChanges(Path root) {
        Map<Path, FileTime> changes = new HashMap<>();
        for (Path file : tree(root)) {
            try {
                changes.put(file, Files.getLastModifiedTime(file));
            } catch (NoSuchFileException e) {
                changes.put(file, FileTime.fromMillis(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return changes;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory and all below, parents first; none if it is missing. */
    static List<Path> tree(Path root) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
