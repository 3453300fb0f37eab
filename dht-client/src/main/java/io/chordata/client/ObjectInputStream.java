package io.chordata.client;

import io.chordata.client.model.ObjectInfo;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object for a thread that may wait; a few pieces are read ahead. Reading fails with an
 * {@link IOException} whose cause is a {@link io.chordata.client.model.ChordataException}. Close it when it is not read to
 * the end.
 */
public final class ObjectInputStream extends InputStream {
    private static final int PIECES_AHEAD = 8;

    private final ObjectStream stream;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private Item current = Item.of(Buffer.buffer());
    private int at;
    private volatile boolean isClosed;

    /** A piece; or the end, with what went wrong if something did. */
    private record Item(
            Buffer bytes, boolean isEnd, @Nullable Throwable failure) {
        static Item of(Buffer piece) {
            return new Item(piece, false, null);
        }

        static Item end(@Nullable Throwable failure) {
            return new Item(Buffer.buffer(), true, failure);
        }
    }

    ObjectInputStream(ObjectStream stream) {
        this.stream = stream;
        stream.exceptionHandler(failure -> items.add(Item.end(failure)))
                .endHandler(end -> items.add(Item.end(null)))
                .handler(piece -> items.add(Item.of(piece)))
                .fetch(PIECES_AHEAD);
    }

    public ObjectInfo info() {
        return stream.info();
    }

    /** How many bytes these are in all. */
    public long length() {
        return stream.length();
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.bytes().getByte(at++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.bytes().length() - at);
        current.bytes().getBytes(at, at + count, target, offset);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return current.bytes().length() - at;
    }

    @Override
    public void close() {
        stream.cancel();
        isClosed = true;
        items.add(Item.end(null)); // for a thread that waits for the next piece
    }

    /** True if there is a byte to read; waits for it. */
    private boolean fill() throws IOException {
        requireOpen();
        while (at == current.bytes().length()) {
            if (current.isEnd()) {
                Throwable failure = current.failure();
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                return false;
            }
            Item next = take();
            requireOpen();
            current = next;
            at = 0;
            stream.fetch(1);
        }
        return true;
    }

    private void requireOpen() throws IOException {
        if (isClosed) {
            throw new IOException("the stream of " + stream.info().key() + " is closed");
        }
    }

    private Item take() throws IOException {
        try {
            return items.take();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while waiting for " + stream.info().key());
        }
    }
}
