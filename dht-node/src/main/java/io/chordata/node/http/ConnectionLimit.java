package io.chordata.node.http;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds what connections hold of memory, whatever they do. Shared by the event loops of a port. */
final class ConnectionLimit {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionLimit(int max) {
        this.max = max;
    }

    /** False if the connection was one too many, and is closed. Call before its first byte is read. */
    boolean admit(HttpConnection connection) {
        ChannelHandlerContext context = ((HttpServerConnection) connection).channelHandlerContext();
        context.channel().closeFuture().addListener(closed -> open.decrementAndGet());
        boolean admitted = open.incrementAndGet() <= max;
        if (!admitted) {
            context.close();
        }
        return admitted;
    }
}
