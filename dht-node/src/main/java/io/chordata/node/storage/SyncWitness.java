package io.chordata.node.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest {@link SyncMark} once more, in a file beside the database: a log that is gone, or has lost its end, cannot say
 * what it lacks. Written after the sync that it tells of and never synced itself, it costs next to nothing, and it can only
 * lag behind the log, never run ahead: after a power loss it proves less, never something false. A file that is missing or
 * torn proves nothing.
 *
 * <p>It also tells whether the records are still where they were opened: {@link #checkPlace}.
 */
final class SyncWitness implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncWitness.class);
    static final long NONE = -1;

    private final Path file;
    private final FileChannel channel;
    private final Anchor anchor;
    private boolean failed;

    private SyncWitness(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.anchor = Anchor.at(file);
    }

    static SyncWitness open(Path file) throws IOException {
        return new SyncWitness(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    /** Every row of the database up to the one returned was synced; {@link #NONE} if the file does not say. */
    static long read(Path file, long database) throws IOException {
        AtomicLong newest = new AtomicLong(NONE);
        if (Files.exists(file)) {
            SyncMark.find(database, ByteBuffer.wrap(Files.readAllBytes(file)), newest::set);
        }
        return newest.get();
    }

    void synced(SyncMark mark) {
        try {
            channel.write(ByteBuffer.wrap(mark.encode()), 0);
        } catch (IOException e) {
            warn(e);
        }
    }

    /** Fails if the records' directory was removed, moved or replaced. */
    void checkPlace() throws IOException {
        anchor.check();
    }

    /** An old mark is as true as a new one, so the node goes on. */
    private void warn(IOException cause) {
        if (!failed) {
            failed = true;
            LOG.warn("event=sync-witness-not-written file={} cause=\"{}\"", file, cause.toString());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            warn(e);
        }
    }
}
