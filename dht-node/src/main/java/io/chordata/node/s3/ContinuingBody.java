package io.chordata.node.s3;

import io.chordata.node.s3.auth.AuthError;
import io.chordata.node.s3.auth.AuthException;
import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request's body, for which a client that said {@code Expect: 100-continue} is asked when somebody first
 * wants them: it has not sent, and need not send, what is refused before.
 *
 * <p>An empty body is asked for like any other. HTTP does not need it, but botocore does: a final answer where it expects
 * 100 leaves its connection unable to read the next answer, and it waits for that until it times out.
 *
 * <p>What nobody wants yet stays in the socket: a paused request alone would go on reading until a queue of its own is full,
 * which is 200 KiB of direct memory for each upload that waits.
 *
 * <p>A body that arrives too slowly fails with {@link AuthError#BODY_TOO_SLOW}: it would hold its share of the write buffer
 * for as long as it likes. Whoever would read one whose request has been answered gets a failure instead.
 */
final class ContinuingBody implements ReadStream<Buffer> {
    private final Vertx vertx;
    private final HttpServerRequest http;
    private final TransferRate rate;
    private final Channel channel;
    private final boolean empty;
    private Runnable onRead = () -> {};
    private boolean awaited;
    private boolean asked;
    private boolean discarded;
    private boolean tooSlow;
    private @Nullable Handler<Throwable> exceptionHandler;

    ContinuingBody(Vertx vertx, HttpServerRequest http, S3Options options) {
        this.vertx = vertx;
        this.http = http;
        this.rate = new TransferRate(
                vertx,
                options.bodyRateWindowMillis(),
                options.bodyBytesPerSecondMin(),
                http::bytesRead,
                this::onTooSlow);
        this.channel = ((HttpServerConnection) http.connection())
                .channelHandlerContext()
                .channel();
        this.awaited = "100-continue".equalsIgnoreCase(http.getHeader("Expect"));
        this.empty = !hasBody(http);
        if (!empty) {
            leaveInSocket();
        }
    }

    private static boolean hasBody(HttpServerRequest http) {
        String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? http.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    /** What comes behind the end belongs to the next request. */
    private void leaveInSocket() {
        if (!http.isEnded()) {
            readSocket(false);
        }
    }

    /** True while the client waits to be asked. */
    boolean isAwaited() {
        return awaited;
    }

    /** True from when somebody first wanted it until its end. */
    boolean isBeingRead() {
        return asked && !empty && !http.isEnded();
    }

    /** Is told when somebody has read it to its end. */
    void onRead(Runnable newOnRead) {
        onRead = newOnRead;
    }

    /** True if the rest must not be waited for. */
    boolean isTooSlow() {
        return tooSlow;
    }

    private void onTooSlow() {
        if (http.isEnded()) {
            return;
        }
        tooSlow = true;
        if (exceptionHandler != null) {
            exceptionHandler.handle(new AuthException(
                    AuthError.BODY_TOO_SLOW,
                    "Your socket connection to the server was not read from or written to within the timeout period."
                            + " Idle connections will be closed."));
        }
    }

    @Override
    public ReadStream<Buffer> resume() {
        if (wants()) {
            http.resume();
        }
        return this;
    }

    private void flow() {
        if (!http.isEnded()) {
            readSocket(true);
            rate.flow();
        }
    }

    /** A channel that is gone would fail. */
    private void readSocket(boolean on) {
        if (channel.isActive()) {
            channel.config().setAutoRead(on);
        }
    }

    /** Throws the rest away without asking for it. */
    void discard(Handler<Throwable> onGone, Handler<Void> onEnd) {
        Handler<Throwable> reader = exceptionHandler;
        handler(bytes -> {});
        endHandler(onEnd);
        exceptionHandler(onGone);
        discarded = true;
        if (reader != null) {
            fail(reader);
        }
        flow();
        http.resume();
    }

    private void fail(Handler<Throwable> reader) {
        vertx.runOnContext(soon -> reader.handle(new IOException("the request has been answered")));
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        if (wants()) {
            http.fetch(amount);
        }
        return this;
    }

    /** False if nothing more is handed out. */
    private boolean wants() {
        if (discarded) {
            return false;
        }
        asked = true;
        if (awaited) {
            awaited = false;
            http.response().writeContinue();
        }
        flow();
        return true;
    }

    @Override
    public ReadStream<Buffer> pause() {
        if (!discarded) {
            http.pause();
            leaveInSocket();
            rate.hold();
        }
        return this;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        if (!discarded) {
            http.handler(handler);
        }
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        if (discarded) {
            return this;
        }
        if (handler == null) {
            rate.stop();
            http.endHandler(null);
            return this;
        }
        http.endHandler(end -> {
            rate.stop();
            onRead.run();
            handler.handle(end);
        });
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        if (discarded) {
            if (handler != null) {
                fail(handler);
            }
            return this;
        }
        exceptionHandler = handler;
        if (handler == null) {
            http.exceptionHandler(null);
            return this;
        }
        http.exceptionHandler(failure -> {
            rate.stop();
            handler.handle(failure);
        });
        return this;
    }
}
