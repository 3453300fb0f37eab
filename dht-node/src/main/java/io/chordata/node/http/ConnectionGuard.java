package io.chordata.node.http;

import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;
import org.jspecify.annotations.Nullable;

/** Stands at the door of a port: lets in so many connections, bounds the time of a head, and reads heads strictly. */
public final class ConnectionGuard {
    private final ConnectionLimit limit;
    private final long headerTimeoutMillis;
    private final @Nullable HttpTls tls;
    private final Runnable onRefused;

    /** For a plain port. */
    public ConnectionGuard(int connectionsMax, long headerTimeoutMillis, Runnable onRefused) {
        this(connectionsMax, headerTimeoutMillis, null, onRefused);
    }

    /**
     * @param connectionsMax open at a time; one more is closed at once
     * @param headerTimeoutMillis within which the head of a request must be there, and before it a handshake
     * @param tls null for a plain port
     * @param onRefused called for each connection that was one too many
     */
    public ConnectionGuard(int connectionsMax, long headerTimeoutMillis, @Nullable HttpTls tls, Runnable onRefused) {
        this.limit = new ConnectionLimit(connectionsMax);
        this.headerTimeoutMillis = headerTimeoutMillis;
        this.tls = tls;
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
        if (tls != null) {
            tls.protect(connection);
        }
        StrictHeadDecoder.install(connection, http1);
        HeaderTimeout.watch(connection, headerTimeoutMillis);
    }
}
