package io.chordata.client.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds out where a file system takes two names for one, as those do that make no difference between {@code A} and {@code a}:
 * of two keys, the second would replace the file of the first. Blocks.
 */
public final class Spelling {
    private final Names names;

    /** What is asked of a file system. */
    interface Names {
        boolean isThere(Path path);

        /** Whether both are one and the same. */
        boolean isSame(Path one, Path other) throws IOException;

        /** Whether a folder has that very name. */
        boolean hasExactly(Path folder, String name) throws IOException;
    }

    private static final Names OF_FILES = new Names() {
        @Override
        public boolean isThere(Path path) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public boolean isSame(Path one, Path other) throws IOException {
            return Files.isSameFile(one, other);
        }

        @Override
        public boolean hasExactly(Path folder, String name) throws IOException {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    if (name.equals(String.valueOf(entry.getFileName()))) {
                        return true;
                    }
                }
                return false;
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
    };

    public Spelling() {
        this(OF_FILES);
    }

    Spelling(Names names) {
        this.names = names;
    }

    /** @throws IOException if something is there by that path which has another name */
    public void requireOwn(Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        Optional<Path> other = swapped(path, name);
        // to look through the folder takes long in a large one, so first it must be plain that two names are one
        boolean isOne = other.isPresent()
                && names.isThere(path)
                && names.isThere(other.get())
                && names.isSame(path, other.get());
        if (isOne && !names.hasExactly(path.resolveSibling(""), name)) {
            throw new IOException(
                    "this file system takes its name for that of another one that is there, which differs in"
                            + " upper and lower case only");
        }
    }

    private static Optional<Path> swapped(Path path, String name) {
        StringBuilder swapped = new StringBuilder();
        name.codePoints()
                .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .forEach(swapped::appendCodePoint);
        return name.contentEquals(swapped) ? Optional.empty() : Optional.of(path.resolveSibling(swapped.toString()));
    }
}
