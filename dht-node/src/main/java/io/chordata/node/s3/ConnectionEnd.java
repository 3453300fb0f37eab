package io.chordata.node.s3;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Remembers of a connection that its last answer is under way. What was pipelined behind that answer's request must not be
 * served: after a refused framing it may be somebody's body (RFC 9112, 9.6 and 11.2), and its sender was told to close.
 */
final class ConnectionEnd {
    private static final AttributeKey<Boolean> ANNOUNCED = AttributeKey.valueOf(ConnectionEnd.class, "announced");

    private ConnectionEnd() {}

    /** Call before the answer is sent. */
    static void announce(HttpConnection connection) {
        channel(connection).attr(ANNOUNCED).set(true);
    }

    static boolean isAnnounced(HttpConnection connection) {
        return channel(connection).hasAttr(ANNOUNCED);
    }

    private static Channel channel(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext().channel();
    }
}
