package io.chordata.client.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Names that are kept for later, however many there are: in a temporary file. */
public final class Spool implements AutoCloseable {
    private final Path file;
    private final DataOutputStream out;
    private long count;

    public Spool() {
        this(temporary());
    }

    /** @param file that is gone in the end */
    Spool(Path file) {
        this.file = file;
        try {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("chordata-", ".names");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void add(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        try {
            out.writeInt(bytes.length);
            out.write(bytes);
            count++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long count() {
        return count;
    }

    /** In the order in which they were added. */
    public void forEach(Consumer<String> reader) {
        try {
            out.flush();
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                for (long i = 0; i < count; i++) {
                    reader.accept(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file goes even where names did not fit into it, which nobody asks for any more. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            // whoever wanted the names was told so
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
