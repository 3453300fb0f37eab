package io.chordata.node.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is only there to be deleted. A start has to write before it can serve (identity, the records' log and what
 * that log replays), so a disk that something else filled to its last byte would keep the node down, and nobody could
 * delete an object to make room. Such a start drops the ballast; when there is room for everything again it grows back, a
 * piece at a time.
 */
public final class Ballast {
    private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
    private static final long BYTES_MAX = 64L << 20;
    private static final long TINY_DISK_SHARE = 10;
    private static final int PIECE_BYTES = 2 << 20;
    /** More than file systems look at when they compress. */
    private static final int PATTERN_BYTES = 256 << 10;
    /** So that pieces at the pace of the space watch never fill what is left to others. */
    private static final long ROOM_BYTES_MIN = 16L << 20;

    private final Path file;
    private boolean failed;

    Ballast(Path file) {
        this.file = file;
    }

    /** Deletes the file if the disk has less room than it holds. Blocks. */
    void dropIfNeeded() throws IOException {
        long usable = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
        long bytes = bytes();
        if (bytes > 0 && usable < bytes) {
            Files.delete(file);
            LOG.warn("event=ballast-dropped usableBytes={} bytes={} reason=\"disk full at start\"", usable, bytes);
        }
    }

    /**
     * Adds a piece if it is not whole yet. Call it only while the disk takes everything. Blocks.
     *
     * @param usableBytes of the disk, as it is now
     * @param totalBytes of the disk
     */
    public void grow(long usableBytes, long totalBytes) {
        try {
            long bytes = bytes();
            long missing = Math.min(BYTES_MAX, totalBytes / TINY_DISK_SHARE) - bytes;
            if (missing > 0 && usableBytes > ROOM_BYTES_MIN && !failed) {
                append((int) Math.min(PIECE_BYTES, missing), bytes);
            }
        } catch (IOException e) {
            // Nothing depends on it yet, and the stores will find out by themselves what is wrong with the disk.
            failed = true;
            LOG.warn("event=ballast-not-kept file={} cause=\"{}\"", file, e.toString());
        }
    }

    /**
     * Random, because some file systems store zeros without taking room for them; repeated, because that costs a start less; not
     * synced, for nothing reads it. Written a pattern at a time: the thread keeps a buffer as large as the largest write.
     */
    private void append(int pieceBytes, long at) throws IOException {
        byte[] pattern = new byte[PATTERN_BYTES];
        new Random(at).nextBytes(pattern);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int begin = 0; begin < pieceBytes; begin += PATTERN_BYTES) {
                ByteBuffer bytes = ByteBuffer.wrap(pattern, 0, Math.min(PATTERN_BYTES, pieceBytes - begin));
                while (bytes.hasRemaining()) {
                    channel.write(bytes, at + begin + bytes.position());
                }
            }
        }
    }

    private long bytes() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
