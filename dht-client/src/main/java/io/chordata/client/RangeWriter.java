package io.chordata.client;

import io.chordata.client.checksum.RunningChecksum;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes of a stream into a file from some place on: while one piece is written the next one is collected, and
 * then the stream waits. Belongs to the stream's event loop.
 */
final class RangeWriter {
    private static final int PIECE_BYTES = 512 << 10;

    private final Vertx vertx;
    private final ObjectStream stream;
    private final PartialFile file;
    private final LongConsumer onWritten;
    private final @Nullable RunningChecksum checksum;
    private final Promise<Void> result = Promise.promise();
    private Buffer filling = Buffer.buffer();
    private long at;
    private boolean writing;
    private boolean paused;
    private boolean ended;
    private boolean over;
    private @Nullable Throwable failure;

    /**
     * @param onWritten told how many bytes more are in the file
     * @param checksum gets the bytes, too
     */
    RangeWriter(
            Vertx vertx,
            ObjectStream stream,
            PartialFile file,
            LongConsumer onWritten,
            @Nullable RunningChecksum checksum) {
        this.vertx = vertx;
        this.stream = stream;
        this.file = file;
        this.onWritten = onWritten;
        this.checksum = checksum;
        this.at = stream.offset();
    }

    /** Completes when all is written, or nothing is written any more. */
    Future<Void> run() {
        stream.exceptionHandler(this::fail);
        stream.endHandler(end -> {
            ended = true;
            goOn();
        });
        stream.handler(this::add);
        stream.resume();
        return result.future();
    }

    private void add(Buffer piece) {
        if (over) {
            return;
        }
        if (checksum != null) {
            checksum.update(piece);
        }
        filling.appendBuffer(piece);
        goOn();
    }

    private void goOn() {
        boolean full = filling.length() >= PIECE_BYTES;
        if (writing) {
            if (full && !paused) {
                paused = true;
                stream.pause();
            }
        } else if (full || (ended && filling.length() > 0)) {
            write();
        } else if (ended) {
            result.tryComplete();
        }
    }

    private void write() {
        byte[] piece = filling.getBytes();
        long place = at;
        filling = Buffer.buffer(ended ? 0 : PIECE_BYTES);
        at += piece.length;
        writing = true;
        vertx.executeBlocking(() -> file.write(piece, place), false).onComplete(done -> {
            writing = false;
            if (over || done.failed()) {
                fail(done.failed() ? done.cause() : new IllegalStateException("it is over"));
                return;
            }
            onWritten.accept(piece.length);
            if (paused) {
                paused = false;
                stream.resume();
            }
            goOn();
        });
    }

    private void fail(Throwable cause) {
        over = true;
        failure = failure == null ? cause : failure;
        stream.cancel();
        if (!writing) {
            result.tryFail(failure);
        }
    }
}
