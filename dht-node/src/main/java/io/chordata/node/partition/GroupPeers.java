package io.chordata.node.partition;

import io.chordata.node.core.Peers;

/**
 * How the partitions of a node reach those of others.
 *
 * @param peers on which nobody else serves {@link Peers.Service#GROUPS} and {@link Peers.Service#PARTITIONS}
 */
public record GroupPeers(Peers peers, GroupHolders holders) {}
