package io.chordata.node.core;

import org.jspecify.annotations.Nullable;

/**
 * Another node as the target of a message.
 *
 * @param node who must answer there, so that a reused address reaches nobody; null for a seed whose id nobody knows yet
 */
public record Peer(NodeAddress address, @Nullable NodeId node) {}
