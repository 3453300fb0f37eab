/**
 * Messages between nodes: frames, the handshake that refuses strangers, and connections over Vert.x TCP with or without
 * TLS. {@link io.chordata.node.rpc.VertxPeers} is the real {@code Peers}. Stands on {@code core}; the services above bring
 * their own encodings.
 */
@NullMarked
package io.chordata.node.rpc;

import org.jspecify.annotations.NullMarked;
