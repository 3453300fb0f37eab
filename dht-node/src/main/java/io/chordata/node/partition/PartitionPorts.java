package io.chordata.node.partition;

import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loops;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.SpaceGuard;
import io.chordata.node.core.Timers;

/** What the partitions of a node stand on. */
public record PartitionPorts(
        Loops loops,
        Clock clock,
        Timers timers,
        RandomSource random,
        RecordStore records,
        BlockStore blocks,
        SpaceGuard space) {}
