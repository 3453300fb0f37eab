package io.chordata.node.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own (tmpfs), small enough to be filled. Needs {@link RequiresMount}. */
final class SmallDisk implements AutoCloseable {
    private static final int PIECE_BYTES = 64 << 10;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    static SmallDisk ofMebibytes(int size) throws IOException {
        Path path = Files.createTempDirectory(ChordataProcess.target(), "disk-");
        try {
            run("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", path.toString());
        } catch (IOException e) {
            Files.delete(path);
            throw e;
        }
        return new SmallDisk(path);
    }

    Path path() {
        return path;
    }

    /** Somebody else takes what is left, to the last byte. */
    Path fill() throws IOException {
        Path filler = path.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            fill(out, new byte[PIECE_BYTES]);
            fill(out, new byte[1]);
        }
        return filler;
    }

    private static void fill(OutputStream out, byte[] piece) {
        try {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // that is what was wanted
        }
    }

    /** Whatever is still open in it goes on until it is closed. */
    @Override
    public void close() throws IOException {
        run("umount", "-l", path.toString());
        Files.delete(path);
    }

    private static void run(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(printed.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
