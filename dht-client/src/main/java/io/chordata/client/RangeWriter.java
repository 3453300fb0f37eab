package io.chordata.client;

import io.chordata.client.checksum.RunningChecksum;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes of a stream into a file from some place on: while some pieces are written the next ones are collected, and
 * then the stream waits. Belongs to the stream's event loop.
 */
final class RangeWriter {
    /** Written at a time. */
    private static final int RUN_BYTES = 512 << 10;

    private final Vertx vertx;
    private final ObjectStream stream;
    private final PartialFile file;
    private final LongConsumer onWritten;
    private final @Nullable RunningChecksum checksum;
    private final Promise<Void> result = Promise.promise();
    private List<Buffer> filling = new ArrayList<>();
    private int filled;
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
        filling.add(piece);
        filled += piece.length();
        goOn();
    }

    private void goOn() {
        boolean full = filled >= RUN_BYTES;
        if (writing) {
            if (full && !paused) {
                paused = true;
                stream.pause();
            }
        } else if (full || (ended && filled > 0)) {
            write();
        } else if (ended) {
            result.tryComplete();
        }
    }

    private void write() {
        List<Buffer> pieces = filling;
        int length = filled;
        long place = at;
        filling = new ArrayList<>();
        filled = 0;
        at += length;
        writing = true;
        vertx.executeBlocking(() -> file.write(pieces, place, checksum), false).onComplete(done -> {
            writing = false;
            if (over || done.failed()) {
                fail(done.failed() ? done.cause() : new IllegalStateException("it is over"));
                return;
            }
            onWritten.accept(length);
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
