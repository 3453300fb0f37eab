package io.chordata.node.rpc;

import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.Peer;
import io.vertx.core.net.NetClient;

/** What all connections of a node share. */
record RpcSetting(
        RpcPorts ports,
        RpcOptions options,
        RpcNode self,
        ClusterSecret secret,
        NetClient client,
        Receivers receivers,
        Reports reports) {
    long nowNanos() {
        return ports.clock().monotonicNanos();
    }

    Handshake dialing(Peer peer) {
        return Handshake.dialing(self, secret, peer.node(), ports.random());
    }

    Handshake listening() {
        return Handshake.listening(self, secret, ports.random());
    }
}
