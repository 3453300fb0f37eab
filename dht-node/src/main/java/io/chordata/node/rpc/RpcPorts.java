package io.chordata.node.rpc;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Correlation;
import io.chordata.node.core.Peers;
import io.chordata.node.core.RandomSource;
import io.vertx.core.Vertx;

/**
 * What connections are made of.
 *
 * @param random must be cryptographically strong: nonces come from it
 * @param listener told on any event loop
 */
public record RpcPorts(
        Vertx vertx,
        Clock clock,
        RandomSource random,
        Correlation correlation,
        Peers.Listener listener,
        RpcObserver observer) {}
