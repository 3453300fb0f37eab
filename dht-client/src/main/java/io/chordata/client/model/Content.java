package io.chordata.client.model;

import io.chordata.client.checksum.BufferBytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.ReadStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Bytes to send. Bytes and files can be read again, so a request with them can be repeated; a stream is read once, so a
 * request with it is repeated only as long as none of it was read. Implement it for sources of your own.
 */
public interface Content {
    /** What {@link #length} says where nobody knows. */
    long UNKNOWN_LENGTH = -1;

    /** In bytes, or {@link #UNKNOWN_LENGTH}. */
    long length();

    /** Whether {@link #open} may be called more than once, each time from the first byte. */
    boolean isRepeatable();

    /** Whether {@link #slice} is offered. */
    default boolean isSliceable() {
        return false;
    }

    /** A run of these bytes as a content of its own. */
    default Content slice(long offset, long length) {
        throw new UnsupportedOperationException("this content is read from the first byte on");
    }

    /** The bytes as a stream that is paused. Whoever reads it, to the end or not, calls {@link #close} then. */
    Future<ReadStream<Buffer>> open(Vertx vertx);

    /** Gives back what a stream that was opened holds: a file of Vert.x, or one that workers read. */
    static Future<Void> close(ReadStream<Buffer> opened) {
        if (opened instanceof AsyncFile file) {
            return file.close();
        }
        return opened instanceof WorkerReads reads ? reads.close() : Future.succeededFuture();
    }

    /**
     * Asked once all bytes of an upload in parts are at the endpoint, and before they become an object: fails if they may be a
     * mixture, as of a file that was changed meanwhile. Then the upload is aborted.
     */
    default Future<Void> verify(Vertx vertx) {
        return Future.succeededFuture();
    }

    static Content of(Buffer bytes) {
        return new BufferContent(bytes);
    }

    static Content of(byte[] bytes) {
        return new BufferContent(BufferBytes.wrap(bytes, bytes.length));
    }

    /** The text in UTF-8. */
    static Content of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Content empty() {
        return of(new byte[0]);
    }

    /**
     * The file as it is now. It must not change while it is sent: an upload in parts fails then and stores nothing; a put fails
     * if it shrank.
     *
     * @throws java.io.UncheckedIOException if it cannot be looked at; this blocks for that look
     */
    static Content ofFile(Path file) {
        return FileContent.of(file);
    }

    /**
     * A stream that is not read yet.
     *
     * @param length in bytes, or {@link #UNKNOWN_LENGTH}
     */
    static Content ofStream(ReadStream<Buffer> stream, long length) {
        return new StreamContent(stream.pause(), length);
    }

    /**
     * A stream of Java's that is not read yet; worker threads of Vert.x will read it, and nobody closes it.
     *
     * @param length in bytes, or {@link #UNKNOWN_LENGTH}
     */
    static Content ofInputStream(InputStream stream, long length) {
        return new InputStreamContent(stream, length);
    }
}
