package io.chordata.node.block.replica;

import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.Timers;

/**
 * What the blocks of a node stand on.
 *
 * @param peers on which nobody else serves {@link Peers.Service#BLOCKS}
 * @param store this node's own blocks
 */
public record BlockPorts(
        NodeId self,
        Peers peers,
        BlockStore store,
        BlockGroups groups,
        Loops loops,
        Timers timers,
        Clock clock,
        RandomSource random) {}
