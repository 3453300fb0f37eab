package io.chordata.client.cli;

import io.chordata.client.model.ChordataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** By which it shows that a file was changed. Blocks. */
record FileState(long size, long modifiedNanos, @Nullable Object key) {
    private static final long NANOS = 1_000_000_000;

    static FileState of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no file");
        }
        long seconds = attributes.lastModifiedTime().toInstant().getEpochSecond();
        return new FileState(
                attributes.size(),
                seconds * NANOS + attributes.lastModifiedTime().toInstant().getNano(),
                attributes.fileKey());
    }

    /** @throws ChordataException if the file is not as it was */
    void requireSame(Path file) throws IOException {
        if (!equals(of(file))) {
            throw ChordataException.of(
                    ChordataException.CONTENT_FAILED,
                    file + " was changed while it was read; what was stored of it may be a mixture: do it again");
        }
    }
}
