package io.chordata.node.s3;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;

/**
 * Sends the body of an answer. The next piece of a stream is asked for when the socket has taken the one before, so that a
 * client which stops reading holds one piece. One that takes too little is cut off: whatever it holds, others wait for.
 */
final class PacedBody {
    private final HttpServerRequest http;
    private final HttpServerResponse response;
    private final Channel channel;
    private final TransferRate rate;
    private final Promise<Void> done = Promise.promise();
    private long takenBytes;

    PacedBody(Edge edge, HttpServerRequest http) {
        this.http = http;
        this.response = http.response();
        this.channel = ((HttpServerConnection) http.connection())
                .channelHandlerContext()
                .channel();
        this.rate = new TransferRate(
                edge.vertx(),
                edge.options().bodyRateWindowMillis(),
                edge.options().answerBytesPerSecondMin(),
                this::bytesMoved,
                this::onTooSlow);
    }

    /** Completes when the socket has taken everything. */
    Future<Void> send(Buffer bytes) {
        rate.flow();
        settle(response.end(bytes));
        return done.future();
    }

    /**
     * Completes when the socket has taken everything; of a stream that fails, what came before it.
     *
     * @param bytes paused; closed by taking its handler away, where it is not read to its end
     */
    Future<Void> send(ReadStream<Buffer> bytes) {
        bytes.exceptionHandler(this::fail);
        bytes.endHandler(end -> settle(response.end()));
        response.exceptionHandler(this::fail);
        done.future().onFailure(cause -> bytes.handler(null));
        bytes.handler(piece -> {
            rate.flow();
            response.write(piece)
                    .onSuccess(taken -> onTaken(bytes, piece.length()))
                    .onFailure(this::fail);
        });
        bytes.fetch(1);
        return done.future();
    }

    private void onTaken(ReadStream<Buffer> bytes, int length) {
        takenBytes += length;
        rate.hold();
        bytes.fetch(1);
    }

    private void settle(Future<Void> sent) {
        sent.onSuccess(taken -> {
            rate.stop();
            done.tryComplete();
        });
        sent.onFailure(this::fail);
    }

    private void fail(Throwable cause) {
        rate.stop();
        done.tryFail(cause);
    }

    /** Of the piece that is being written the socket may have taken some. */
    private long bytesMoved() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return takenBytes + (pending == null ? 0 : pending.currentProgress());
    }

    /** Not through the connection, which would wait for the bytes that nobody takes. */
    private void onTooSlow() {
        ConnectionEnd.announce(http.connection());
        fail(new IOException("the client took less of the answer than it must"));
        channel.close();
    }
}
