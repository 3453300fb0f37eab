package io.chordata.client.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** By which it shows that a file was changed. Blocks. */
public record FileState(
        long size, FileTime modified, @Nullable Object key) {
    public static FileState of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no file");
        }
        return new FileState(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    /** @throws ChordataException if the file is not as it was */
    public void requireSame(Path file) throws IOException {
        if (!equals(of(file))) {
            throw ChordataException.of(
                    ChordataException.CONTENT_FAILED,
                    file + " was changed while it was read, and what was sent of it may be a mixture: do it again");
        }
    }
}
