package io.chordata.node.config;

import static io.chordata.node.config.Option.count;
import static io.chordata.node.config.Option.duration;
import static io.chordata.node.config.Option.size;

import io.chordata.node.rpc.RpcOptions;
import io.chordata.node.rpc.RpcTlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of package {@code rpc} beside its address, and the record made of them. */
final class RpcCatalogue {
    private static final RpcOptions RPC = RpcOptions.DEFAULT;

    static final Option<Path> CERTIFICATE = Option.optional(
            "internalCertificate",
            OptionType.PATH,
            "Certificate chain (PEM) for TLS between nodes. Needs the next two.");
    static final Option<Path> KEY = Option.optional("internalKey", OptionType.PATH, "Its private key (PEM, PKCS #8).");
    static final Option<Path> AUTHORITY = Option.optional(
            "internalAuthority", OptionType.PATH, "Certificates (PEM) of who may sign those of other nodes.");
    static final Option<String> CERTIFICATE_NAME = Option.of(
            "internalName",
            OptionType.TEXT,
            RpcTlsOptions.DEFAULT_NAME,
            "DNS name that the certificate of each node of this cluster must be for.");
    static final Option<Duration> DIAL_TIMEOUT = duration(
            "rpcDialTimeout",
            RPC.dialTimeoutMillis(),
            "For look-up, connection and handshake. Less: strangers go sooner.");
    static final Option<Duration> HEARTBEAT = duration(
            "rpcHeartbeat", RPC.heartbeatMillis(), "Quiet for so long, one that is waited on shows that it lives.");
    static final Option<Duration> SILENCE =
            duration("rpcSilence", RPC.silenceMillis(), "Silent for so long, it is given up; at least two heartbeats.");
    static final Option<Duration> IDLE =
            duration("rpcIdle", RPC.idleMillis(), "Without work for so long, it is closed. More: fewer handshakes.");
    static final Option<Duration> RETRY_MIN =
            duration("rpcRetryMin", RPC.retryMinMillis(), "Wait after a failed dial; it doubles each time.");
    static final Option<Duration> RETRY_MAX =
            duration("rpcRetryMax", RPC.retryMaxMillis(), "The longest such wait. Less: finds a peer sooner.");
    static final Option<DataSize> WAITING =
            size("rpcWaiting", RPC.waitingBytesMax(), "What may wait for one peer on each loop. More: longer bursts.");
    static final Option<Integer> OPEN_CALLS =
            count("rpcOpenCalls", RPC.openCallsMax(), "Calls of each loop to one peer that may be open.");
    static final Option<Integer> RUNNING_CALLS =
            count("rpcRunningCalls", RPC.runningCallsMax(), "Requests of one connection worked on at once.");
    static final Option<Integer> HANDSHAKES =
            count("rpcHandshakes", RPC.handshakesMax(), "Strangers at each loop; beyond, the oldest goes.");

    static final List<Option<?>> ALL = List.of(
            CERTIFICATE,
            KEY,
            AUTHORITY,
            CERTIFICATE_NAME,
            DIAL_TIMEOUT,
            HEARTBEAT,
            SILENCE,
            IDLE,
            RETRY_MIN,
            RETRY_MAX,
            WAITING,
            OPEN_CALLS,
            RUNNING_CALLS,
            HANDSHAKES);

    private RpcCatalogue() {}

    static RpcOptions rpc(Settings settings) {
        HostPort address = settings.get(OptionCatalogue.INTERNAL);
        return new RpcOptions(
                address.host(),
                address.port(),
                tls(settings),
                settings.millis(DIAL_TIMEOUT),
                settings.millis(HEARTBEAT),
                settings.millis(SILENCE),
                settings.millis(IDLE),
                settings.millis(RETRY_MIN),
                settings.millis(RETRY_MAX),
                settings.intBytes(WAITING),
                settings.get(OPEN_CALLS),
                settings.get(RUNNING_CALLS),
                settings.get(HANDSHAKES));
    }

    private static @Nullable RpcTlsOptions tls(Settings settings) {
        Optional<Path> certificate = settings.find(CERTIFICATE);
        Optional<Path> key = settings.find(KEY);
        Optional<Path> authority = settings.find(AUTHORITY);
        if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) {
            return null;
        }
        if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
            throw new ConfigException("TLS between nodes needs all of '" + CERTIFICATE.name() + "', '" + KEY.name()
                    + "' and '" + AUTHORITY.name() + "'");
        }
        return new RpcTlsOptions(
                certificate.get().toString(),
                key.get().toString(),
                authority.get().toString(),
                settings.get(CERTIFICATE_NAME));
    }
}
