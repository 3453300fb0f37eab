package io.chordata.node.s3;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request's body, for which a client that said {@code Expect: 100-continue} is asked when somebody first
 * wants them: it has not sent, and need not send, what is refused before.
 *
 * <p>An empty body is asked for like any other. HTTP does not need it, but botocore does: a final answer where it expects
 * 100 leaves its connection unable to read the next answer, and it waits for that until it times out.
 */
final class ContinuingBody implements ReadStream<Buffer> {
    private final HttpServerRequest http;
    private boolean awaited;

    ContinuingBody(HttpServerRequest http) {
        this.http = http;
        this.awaited = "100-continue".equalsIgnoreCase(http.getHeader("Expect"));
    }

    /** True while the client waits to be asked. */
    boolean isAwaited() {
        return awaited;
    }

    @Override
    public ReadStream<Buffer> resume() {
        ask();
        http.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        ask();
        http.fetch(amount);
        return this;
    }

    private void ask() {
        if (awaited) {
            awaited = false;
            http.response().writeContinue();
        }
    }

    @Override
    public ReadStream<Buffer> pause() {
        http.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        http.handler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        http.endHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        http.exceptionHandler(handler);
        return this;
    }
}
