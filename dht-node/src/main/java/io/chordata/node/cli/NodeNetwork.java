package io.chordata.node.cli;

import io.chordata.node.config.ClusterConfig;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.core.Clock;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.Timers;
import io.chordata.node.rpc.RpcIdentity;
import io.chordata.node.rpc.RpcObserver;
import io.chordata.node.rpc.RpcPorts;
import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.rpc.VertxPeers;
import io.chordata.node.runtime.VertxCorrelation;
import io.chordata.node.tls.TlsMaterial;
import io.chordata.node.tls.TlsWatch;
import io.vertx.core.Vertx;

/**
 * What a node's conversations with others are made of.
 *
 * @param eventLoops how many of them take connections
 * @param observer told what happens on all of them
 */
record NodeNetwork(
        Vertx vertx,
        Loops loops,
        Timers timers,
        Clock clock,
        RandomSource random,
        ClusterConfig config,
        int eventLoops,
        RpcObserver observer,
        NodeCertificates certificates) {
    /**
     * Listens at the internal address. Blocks.
     *
     * @param cluster {@link ClusterId#NONE} for a node that looks for one
     * @param founding answers nodes without a cluster
     * @param listener told whom nobody reaches
     * @throws IllegalStateException if there is no cluster secret
     * @throws CommandFailedException if the address is taken
     */
    VertxPeers start(ClusterId cluster, NodeId node, Receiver founding, Peers.Listener listener) {
        ClusterSecret secret = config.secret();
        if (secret == null) {
            throw new IllegalStateException("without a cluster secret there are no peers");
        }
        RpcTlsOptions tls = config.rpc().tls();
        TlsWatch watch = certificates.open("internal", tls == null ? null : tls.files());
        RpcPorts ports = new RpcPorts(vertx, clock, random, new VertxCorrelation(), listener, observer);
        TlsMaterial material = NodeCertificates.of(watch);
        VertxPeers peers = new VertxPeers(ports, config.rpc(), new RpcIdentity(cluster, node, secret), material);
        peers.serve(Service.FOUNDING, founding);
        HostPort address = new HostPort(config.rpc().host(), config.rpc().port());
        ListenFailure.awaitListening(
                peers.start(eventLoops),
                "other nodes",
                address,
                OptionCatalogue.INTERNAL,
                OptionCatalogue.INTERNAL_PORT);
        certificates.start(watch, material, peers::renew);
        return peers;
    }
}
