package io.chordata.client.model;

import io.chordata.client.checksum.BufferBytes;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads a run of bytes of a file, which is opened when the first is asked for. */
final class FileReads implements WorkerReads.Source {
    /** Larger ones cost fewer changes of threads, and memory for each part that is under way. */
    private static final int PIECE_BYTES = 256 << 10;

    private final Path file;
    private final long end;
    private long at;
    private boolean closed;
    private @Nullable FileChannel channel;

    FileReads(Path file, long offset, long length) {
        this.file = file;
        this.at = offset;
        this.end = offset + length;
    }

    @Override
    public synchronized Buffer read() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        FileChannel opened = channel;
        if (opened == null) {
            opened = FileChannel.open(file, StandardOpenOption.READ);
            channel = opened;
        }
        byte[] bytes = new byte[(int) Math.min(PIECE_BYTES, end - at)];
        ByteBuffer room = ByteBuffer.wrap(bytes);
        while (room.hasRemaining() && opened.read(room, at + room.position()) >= 0) {
            // reads on
        }
        at += room.position();
        return BufferBytes.wrap(bytes, room.position());
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }
}
