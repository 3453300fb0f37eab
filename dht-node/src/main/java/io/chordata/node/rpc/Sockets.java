package io.chordata.node.rpc;

import io.chordata.node.tls.TlsMaterial;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * How sockets are set up. On Linux with its native transport the kernel ends a connection whose bytes the other side does not
 * acknowledge: later than a silent one with work is ended, as a peer that stands still for a moment shall not lose its.
 */
final class Sockets {
    private static final int UNACKNOWLEDGED_FACTOR = 3;
    private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.3");

    private Sockets() {}

    static NetServerOptions serverOptions(RpcOptions options, @Nullable TlsMaterial tls) {
        NetServerOptions server = new NetServerOptions()
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(unacknowledgedMillis(options))
                .setSslHandshakeTimeout(options.dialTimeoutMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (tls != null) {
            ServerSSLOptions ssl = serverTls(options, tls);
            server.setSsl(true)
                    .setSslEngineOptions(besideLoops())
                    .setClientAuth(ssl.getClientAuth())
                    .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols())
                    .setKeyCertOptions(ssl.getKeyCertOptions())
                    .setTrustOptions(ssl.getTrustOptions());
        }
        return server;
    }

    /** @param local what {@code options.host()} resolved to: Vert.x would look it up on the event loop */
    static NetClientOptions clientOptions(RpcOptions options, @Nullable TlsMaterial tls, InetAddress local) {
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
        if (tls != null) {
            ClientSSLOptions ssl = clientTls(options, tls);
            client.setSsl(true)
                    .setSslEngineOptions(besideLoops())
                    .setHostnameVerificationAlgorithm(ssl.getHostnameVerificationAlgorithm())
                    .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols())
                    .setKeyCertOptions(ssl.getKeyCertOptions())
                    .setTrustOptions(ssl.getTrustOptions());
        }
        return client;
    }

    /** Handshakes are computed by workers: whoever asks for many keeps no event loop from its work. */
    private static SSLEngineOptions besideLoops() {
        return new JdkSSLEngineOptions().setUseWorkerThread(true);
    }

    private static int unacknowledgedMillis(RpcOptions options) {
        return Math.toIntExact(UNACKNOWLEDGED_FACTOR * options.silenceMillis());
    }

    static ServerSSLOptions serverTls(RpcOptions options, TlsMaterial tls) {
        ServerSSLOptions ssl = tls.server();
        narrow(ssl, options);
        return ssl;
    }

    static ClientSSLOptions clientTls(RpcOptions options, TlsMaterial tls) {
        ClientSSLOptions ssl = tls.client();
        narrow(ssl, options);
        return ssl;
    }

    /** Both sides are of this project, so nothing older than the newest is needed. */
    private static void narrow(SSLOptions ssl, RpcOptions options) {
        ssl.setEnabledSecureTransportProtocols(TLS_VERSIONS);
        ssl.setSslHandshakeTimeout(options.dialTimeoutMillis());
        ssl.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** Whether the certificate of the other side, which its authority vouches for, is one of a node of this cluster. */
    static boolean isNode(NetSocket socket, RpcOptions options) {
        RpcTlsOptions tls = options.tls();
        if (tls == null) {
            return true;
        }
        try {
            return TlsMaterial.isFor(socket.sslSession().getPeerCertificates()[0], tls.name());
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }
}
