package io.chordata.client.http;

import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.WorkerReads;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.ReadStream;
import java.util.Objects;

/**
 * Carries a stream into a request as fast as the connection takes it. Where worker threads read the stream, they encode it,
 * too: to hash it takes longer than to send it.
 */
final class BodyPump {
    private final Context loop = Objects.requireNonNull(Vertx.currentContext());
    private final ReadStream<Buffer> source;
    private final HttpClientRequest target;
    private final BodyEncoding encoding;
    private final Runnable onProgress;
    private final Runnable onEnd;
    private final Promise<Void> done = Promise.promise();
    private boolean stopped;
    private volatile boolean waitingForRoom;

    /**
     * @param onProgress whenever the connection took something
     * @param onEnd before the last byte goes out
     */
    BodyPump(
            ReadStream<Buffer> source,
            HttpClientRequest target,
            BodyEncoding encoding,
            Runnable onProgress,
            Runnable onEnd) {
        this.source = source;
        this.target = target;
        this.encoding = encoding;
        this.onProgress = onProgress;
        this.onEnd = onEnd;
    }

    /** Completes when all was handed to the connection. Fails with {@link ChordataException} if the source does. */
    Future<Void> run() {
        ask(this::read);
        return done.future();
    }

    private void read() {
        source.exceptionHandler(failure -> here(() -> fail(failure)));
        source.endHandler(end -> here(this::end));
        if (source instanceof WorkerReads reads) {
            reads.stage(encoding::update);
            source.handler(bytes -> here(() -> send(bytes)));
        } else {
            source.handler(piece -> here(() -> encode(piece)));
        }
        source.resume();
    }

    /** The source can be anybody's, and throw. */
    private void ask(Runnable request) {
        try {
            request.run();
        } catch (RuntimeException e) {
            fail(e);
        }
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
            try {
                source.pause();
                Content.close(source);
            } catch (RuntimeException e) {
                // it was closed already, or does not know how: nobody reads it any more
            }
        }
    }

    /** True while it is the connection that keeps us waiting, and not the source. */
    boolean isWaitingForRoom() {
        return waitingForRoom;
    }

    private void encode(Buffer piece) {
        try {
            send(stopped ? Buffer.buffer() : encoding.update(piece));
        } catch (ChordataException e) {
            fail(e);
        }
    }

    private void send(Buffer bytes) {
        if (stopped || bytes.length() == 0) {
            return;
        }
        target.write(bytes).onSuccess(taken -> onProgress.run());
        if (target.writeQueueFull()) {
            waitingForRoom = true;
            ask(source::pause);
            target.drainHandler(room -> {
                waitingForRoom = false;
                onProgress.run();
                if (!stopped) {
                    ask(source::resume);
                }
            });
        }
    }

    private void end() {
        if (stopped) {
            return;
        }
        Buffer last;
        try {
            last = encoding.end();
        } catch (ChordataException e) {
            fail(e);
            return;
        }
        stopped = true;
        waitingForRoom = true;
        Content.close(source);
        onEnd.run();
        target.end(last).onComplete(done);
    }

    private void fail(Throwable cause) {
        stop();
        done.tryFail(
                cause instanceof ChordataException
                        ? cause
                        : ChordataException.of(
                                ChordataException.CONTENT_FAILED,
                                "the content could not be read: " + cause.getMessage(),
                                cause));
    }
}
