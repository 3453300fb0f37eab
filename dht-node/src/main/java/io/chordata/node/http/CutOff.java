package io.chordata.node.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/** Ends the connection of a client that does not read. */
public final class CutOff {
    private CutOff() {}

    /**
     * At once. {@code HttpConnection.close} and {@code HttpServerResponse.reset} wait in line behind what was written before,
     * which is for ever where nobody reads; this begins behind that line. On the connection's loop.
     */
    public static void now(HttpConnection connection) {
        ((HttpServerConnection) connection).channelHandlerContext().close();
    }
}
