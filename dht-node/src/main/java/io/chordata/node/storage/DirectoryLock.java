package io.chordata.node.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.chordata.node.core.StoreFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock that the system lets go of when the process ends, however that happens. The file holds the process id, for
 * whoever is refused. Nothing else may open the file in this process: closing any of its channels would drop the lock
 * (POSIX fcntl).
 */
final class DirectoryLock implements AutoCloseable {
    private static final int PID_BYTES_MAX = 20;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws DirectoryInUseException if another holds it */
    static DirectoryLock take(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new DirectoryInUseException("the data directory " + file.getParent()
                        + " is in use by process " + holderOf(channel)
                        + "; stop that process, or start this one on another directory");
            }
            writePid(channel);
            return new DirectoryLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String holderOf(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES_MAX);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), US_ASCII).strip();
        return pid.matches("\\d+") ? pid : "unknown";
    }

    private static void writePid(FileChannel channel) throws IOException {
        // Over the old one: a file that is emptied first may find no room again on a full disk.
        ByteBuffer pid = ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII));
        channel.truncate(channel.write(pid, 0));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreFailedException("cannot let go of the lock of the data directory", e);
        }
    }
}
