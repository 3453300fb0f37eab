package io.chordata.client.cli;

import io.chordata.client.files.S3Name;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file, an object, or the standard input: one end of a transfer.
 *
 * @param file null for an object
 * @param object null for a file
 */
record Place(@Nullable Path file, @Nullable S3Name object) {
    /** By its name: a dash. */
    static final Place STANDARD_INPUT = new Place(null, null);

    static Place of(Path file) {
        return new Place(file, null);
    }

    static Place of(S3Name object) {
        return new Place(null, object);
    }

    boolean isObject() {
        return object != null;
    }

    boolean isFile() {
        return file != null;
    }

    Path path() {
        return Objects.requireNonNull(file);
    }

    S3Name name() {
        return Objects.requireNonNull(object);
    }

    @Override
    public String toString() {
        return file != null ? file.toString() : object != null ? object.toString() : "-";
    }
}
