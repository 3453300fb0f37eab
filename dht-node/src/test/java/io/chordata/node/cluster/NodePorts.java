package io.chordata.node.cluster;

import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Peers;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.SpaceGuard;
import io.chordata.node.core.Timers;
import io.chordata.node.sim.SimLoops;

/** What the layers of one simulated process stand on. */
record NodePorts(
        SimLoops loops,
        Clock clock,
        Timers timers,
        RandomSource random,
        RecordStore records,
        BlockStore blocks,
        SpaceGuard space,
        Peers peers) {}
