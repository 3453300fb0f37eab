package io.chordata.client.http;

import io.chordata.client.model.ChordataException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.ReadStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries a stream into a request as fast as the connection takes it, and holds the stream to the length it promised. */
final class BodyPump {
    private final Context loop = Objects.requireNonNull(Vertx.currentContext());
    private final ReadStream<Buffer> source;
    private final HttpClientRequest target;
    private final @Nullable AwsChunkedEncoder encoder;
    private final Runnable onProgress;
    private final Runnable onEnd;
    private final Promise<Void> done = Promise.promise();
    private Buffer last = Buffer.buffer();
    private long rest;
    private boolean stopped;
    private volatile boolean waitingForRoom;

    /**
     * @param onProgress whenever the connection took something
     * @param onEnd before the last byte goes out
     */
    BodyPump(
            ReadStream<Buffer> source,
            long length,
            HttpClientRequest target,
            @Nullable AwsChunkedEncoder encoder,
            Runnable onProgress,
            Runnable onEnd) {
        this.source = source;
        this.rest = length;
        this.target = target;
        this.encoder = encoder;
        this.onProgress = onProgress;
        this.onEnd = onEnd;
    }

    /** Completes when all was handed to the connection. Fails with {@link ChordataException} if the source does. */
    Future<Void> run() {
        source.exceptionHandler(
                failure -> here(() -> fail("the content could not be read: " + failure.getMessage(), failure)));
        source.endHandler(end -> here(this::end));
        source.handler(piece -> here(() -> send(piece)));
        source.resume();
        return done.future();
    }

    /** The source may belong to another loop; what it says is heard on the request's, in the same order. */
    private void here(Runnable task) {
        if (Vertx.currentContext() == loop && Context.isOnEventLoopThread()) {
            task.run();
        } else {
            loop.runOnContext(now -> task.run());
        }
    }

    /** No more: the request was answered, or broke. */
    void stop() {
        if (!stopped) {
            stopped = true;
            source.pause();
            closeSource();
        }
    }

    /** True while it is the connection that keeps us waiting, and not the source. */
    boolean isWaitingForRoom() {
        return waitingForRoom;
    }

    private void send(Buffer piece) {
        if (stopped) {
            return;
        }
        rest -= piece.length();
        if (rest < 0) {
            fail("the content is longer than it said", null);
            return;
        }
        Buffer bytes = encoder == null ? held(piece) : encoder.update(piece);
        if (bytes.length() == 0) {
            return;
        }
        target.write(bytes).onSuccess(taken -> onProgress.run());
        if (target.writeQueueFull()) {
            waitingForRoom = true;
            source.pause();
            target.drainHandler(room -> {
                waitingForRoom = false;
                onProgress.run();
                if (!stopped) {
                    source.resume();
                }
            });
        }
    }

    /** What was held back before: the last piece goes out when the source has said that it was the last. */
    private Buffer held(Buffer piece) {
        if (piece.length() == 0) {
            return piece;
        }
        Buffer before = last;
        last = piece;
        return before;
    }

    private void end() {
        if (stopped) {
            return;
        }
        if (rest > 0) {
            fail("the content ended " + rest + " bytes before the length it said", null);
            return;
        }
        stopped = true;
        waitingForRoom = true;
        closeSource();
        onEnd.run();
        target.end(encoder == null ? last : encoder.end()).onComplete(done);
    }

    private void fail(String message, @Nullable Throwable cause) {
        stop();
        done.tryFail(ChordataException.of(ChordataException.CONTENT_FAILED, message, cause));
    }

    private void closeSource() {
        if (source instanceof AsyncFile file) {
            file.close();
        }
    }
}
