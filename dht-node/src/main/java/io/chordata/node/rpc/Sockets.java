package io.chordata.node.rpc;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How sockets are set up. On Linux with its native transport the kernel ends a connection whose bytes the other side does not
 * acknowledge: later than a silent one with work is ended, as a peer that stands still for a moment shall not lose its.
 */
final class Sockets {
    private static final int UNACKNOWLEDGED_FACTOR = 3;
    private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.3");

    private Sockets() {}

    static NetServerOptions serverOptions(RpcOptions options) {
        NetServerOptions server = new NetServerOptions()
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(unacknowledgedMillis(options))
                .setSslHandshakeTimeout(options.dialTimeoutMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        RpcTlsOptions tls = options.tls();
        if (tls != null) {
            server.setSsl(true)
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setEnabledSecureTransportProtocols(TLS_VERSIONS)
                    .setKeyCertOptions(keys(tls))
                    .setTrustOptions(trust(tls));
        }
        return server;
    }

    /** @param local what {@code options.host()} resolved to: Vert.x would look it up on the event loop */
    static NetClientOptions clientOptions(RpcOptions options, InetAddress local) {
        NetClientOptions client = new NetClientOptions()
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(unacknowledgedMillis(options))
                .setConnectTimeout(Math.toIntExact(options.dialTimeoutMillis()))
                .setSslHandshakeTimeout(options.dialTimeoutMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (!local.isAnyLocalAddress()) {
            client.setLocalAddress(local.getHostAddress());
        }
        RpcTlsOptions tls = options.tls();
        if (tls != null) {
            client.setSsl(true)
                    .setHostnameVerificationAlgorithm("")
                    .setEnabledSecureTransportProtocols(TLS_VERSIONS)
                    .setKeyCertOptions(keys(tls))
                    .setTrustOptions(trust(tls));
        }
        return client;
    }

    private static int unacknowledgedMillis(RpcOptions options) {
        return Math.toIntExact(UNACKNOWLEDGED_FACTOR * options.silenceMillis());
    }

    private static PemKeyCertOptions keys(RpcTlsOptions tls) {
        return new PemKeyCertOptions().addCertPath(tls.certificatePath()).addKeyPath(tls.keyPath());
    }

    private static PemTrustOptions trust(RpcTlsOptions tls) {
        return new PemTrustOptions().addCertPath(tls.authorityPath());
    }
}
