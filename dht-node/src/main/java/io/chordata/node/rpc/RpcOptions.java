package io.chordata.node.rpc;

import org.jspecify.annotations.Nullable;

/**
 * How nodes talk to each other.
 *
 * @param host where to listen, and where outgoing connections come from; a name or an IP literal
 * @param port where to listen; 0 is any that is free, for tests
 * @param tls null: authenticated and encrypted by the cluster secret alone
 * @param dialTimeoutMillis how long a name look-up, a connection and its handshake may take together, in either direction.
 *     Longer suits slow networks; shorter finds dead machines sooner and sheds strangers who hold connections
 * @param heartbeatMillis how long a connection may be quiet before something is sent, while an answer is waited for; far
 *     longer while none is. Shorter notices a cut sooner (see {@code silenceMillis}), longer sends less
 * @param silenceMillis after how long without a word a connection is given up that an answer is waited for on; at least twice
 *     the heartbeat. Shorter takes long pauses of a peer for its death, longer keeps callers waiting for dead peers
 * @param idleMillis after how long without work a connection is closed. Longer saves handshakes, shorter sockets and
 *     heartbeats
 * @param retryMinMillis wait after the first failed dial; half or more of it, by chance. Doubles with each further one
 * @param retryMaxMillis longest such wait. Longer spares a dead peer's network, shorter finds it sooner when it is back;
 *     a peer that calls by itself is found at once
 * @param waitingBytesMax what may wait in memory for one peer on each event loop. Larger absorbs bursts, smaller bounds
 *     memory: a peer that does not read costs this much on each side of the connection
 * @param openCallsMax calls on each event loop to one peer that have no answer yet. Larger allows more at once, smaller
 *     bounds memory
 * @param runningCallsMax requests of one connection that are worked on at once; beyond, they wait. Larger lets one peer take
 *     more of this node, smaller delays it more
 * @param handshakesMax incoming connections of each event loop that have not proved themselves yet; beyond, the oldest is
 *     closed. Larger survives a larger flood, and costs about 10 KiB each
 */
public record RpcOptions(
        String host,
        int port,
        @Nullable RpcTlsOptions tls,
        long dialTimeoutMillis,
        long heartbeatMillis,
        long silenceMillis,
        long idleMillis,
        long retryMinMillis,
        long retryMaxMillis,
        int waitingBytesMax,
        int openCallsMax,
        int runningCallsMax,
        int handshakesMax) {
    private static final int PORT_MAX = 65_535;
    private static final long HOUR_MILLIS = 3_600_000;

    public static final RpcOptions DEFAULT =
            new RpcOptions("127.0.0.1", 7000, null, 5_000, 2_000, 8_000, 300_000, 100, 2_000, 8 << 20, 4_096, 256, 256);

    public RpcOptions {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must be a name or an address");
        }
        require("port", port, 0, PORT_MAX);
        require("dialTimeoutMillis", dialTimeoutMillis, 100, 60_000);
        require("heartbeatMillis", heartbeatMillis, 20, 60_000);
        require("silenceMillis", silenceMillis, 2 * heartbeatMillis, HOUR_MILLIS);
        require("idleMillis", idleMillis, 100, 24 * HOUR_MILLIS);
        require("retryMinMillis", retryMinMillis, 1, 60_000);
        require("retryMaxMillis", retryMaxMillis, retryMinMillis, HOUR_MILLIS);
        require("waitingBytesMax", waitingBytesMax, 2 << 20, 1 << 30);
        require("openCallsMax", openCallsMax, 1, 1 << 20);
        require("runningCallsMax", runningCallsMax, 1, 1 << 20);
        require("handshakesMax", handshakesMax, 1, 1 << 20);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", got " + value);
        }
    }
}
