package io.chordata.node.http;

import io.chordata.node.tls.TlsMaterial;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** HTTP under TLS: still HTTP/1.1, so that every limit of a plain port holds, and no slower to begin than a head may be. */
public final class HttpTls {
    private HttpTls() {}

    /** @param tls null for a plain port */
    public static void addTo(HttpServerOptions options, @Nullable TlsMaterial tls, long handshakeMillis) {
        options.setUseAlpn(false);
        if (tls != null) {
            ServerSSLOptions ssl = tls.server();
            options.setSsl(true)
                    .setKeyCertOptions(ssl.getKeyCertOptions())
                    .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols())
                    .setSslHandshakeTimeout(handshakeMillis)
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        }
    }

    /** Another certificate for connections to come; those there are go on. */
    public static Future<Void> renew(HttpServer server, TlsMaterial tls, long handshakeMillis) {
        ServerSSLOptions ssl = tls.server();
        ssl.setSslHandshakeTimeout(handshakeMillis);
        ssl.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        return server.updateSSLOptions(ssl).mapEmpty();
    }
}
