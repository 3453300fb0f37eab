package io.chordata.node.ring;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.Peers;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.Timers;

/**
 * What the ring of a node needs of the world.
 *
 * @param loop that owns the ring
 * @param records where it keeps what it must not forget, in the family NODE
 * @param peers that can send already
 */
public record RingPorts(
        Loops loops, Loop loop, Clock clock, Timers timers, RandomSource random, RecordStore records, Peers peers) {}
