package io.chordata.node.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file that this process keeps open. What is written and synced below a directory that somebody removed, moved
 * or replaced succeeds, and nobody will ever find it; the name then leads nowhere, or to another file.
 *
 * @param key device and inode, which no other file gets while this one is open; null where the platform has no such thing,
 *     so that only a name that is gone shows
 */
record Anchor(Path file, @Nullable Object key) {
    private static final Object GONE = new Object();

    static Anchor at(Path file) throws IOException {
        return new Anchor(file, keyOf(file));
    }

    /** Fails with {@link NoSuchFileException} if the name does not lead to the open file any more. */
    void check() throws IOException {
        if (!Objects.equals(key, keyNow())) {
            throw new NoSuchFileException(
                    file.toString(),
                    null,
                    "it, or a directory above it, was removed or replaced under the running node");
        }
    }

    private @Nullable Object keyNow() throws IOException {
        try {
            return keyOf(file);
        } catch (NoSuchFileException e) {
            return GONE;
        }
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
