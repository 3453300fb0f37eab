package io.chordata.node.http;

import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;

/** Stands at the door of a port: lets in so many connections, bounds the time of a head, and reads heads strictly. */
public final class ConnectionGuard {
    private final ConnectionLimit limit;
    private final long headerTimeoutMillis;
    private final Runnable onRefused;

    /**
     * @param connectionsMax open at a time; one more is closed at once
     * @param headerTimeoutMillis within which the head of a request must be there
     * @param onRefused called for each connection that was one too many
     */
    public ConnectionGuard(int connectionsMax, long headerTimeoutMillis, Runnable onRefused) {
        this.limit = new ConnectionLimit(connectionsMax);
        this.headerTimeoutMillis = headerTimeoutMillis;
        this.onRefused = onRefused;
    }

    /** What the strict decoder reads by: the options of the server whose connections are guarded. */
    public static Http1ServerConfig config(HttpServerOptions options) {
        return new HttpServerConfig(options).getHttp1Config();
    }

    /** Call for each connection before its first byte is read. */
    public void admit(HttpConnection connection, Http1ServerConfig http1) {
        if (!limit.admit(connection)) {
            onRefused.run();
            return;
        }
        StrictHeadDecoder.install(connection, http1);
        HeaderTimeout.watch(connection, headerTimeoutMillis);
    }
}
