package io.chordata.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which the head of a request takes too long to arrive, however steadily its bytes trickle. Between
 * requests it lets a connection rest: the idle time-out is for that. Belongs to the connection's event loop.
 */
final class HeaderTimeout {
    private final ChannelHandlerContext connection;
    private final long millis;
    private boolean betweenRequests = true;
    private @Nullable Future<?> timer;

    private HeaderTimeout(ChannelHandlerContext connection, long millis) {
        this.connection = connection;
        this.millis = millis;
    }

    /** Call before the first byte is read, and behind whatever else reads bytes: what TLS says for itself begins no head. */
    static void watch(HttpConnection connection, long millis) {
        ChannelHandlerContext context = ((HttpServerConnection) connection).channelHandlerContext();
        HeaderTimeout timeout = new HeaderTimeout(context, millis);
        ChannelPipeline pipeline = context.pipeline();
        pipeline.addBefore(pipeline.context(VertxHttpRequestDecoder.class).name(), null, timeout.new Bytes());
        pipeline.addBefore(context.name(), null, timeout.new Messages());
        timeout.start();
    }

    private void start() {
        timer = connection.executor().schedule(() -> connection.close(), millis, TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Sees the bytes as the decoder gets them. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (betweenRequests && timer == null && !isLineEnds((ByteBuf) bytes)) {
                start();
            }
            context.fireChannelRead(bytes);
        }

        /** Some clients send line ends behind a body, which belong to no head (RFC 9112, 2.2). */
        private static boolean isLineEnds(ByteBuf bytes) {
            return bytes.forEachByte(ByteProcessor.FIND_NON_CRLF) < 0;
        }
    }

    /** Sees what the decoder made of them. */
    private final class Messages extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                betweenRequests = false;
                stop();
            }
            if (message instanceof LastHttpContent) {
                betweenRequests = true;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            stop();
            context.fireChannelInactive();
        }
    }
}
