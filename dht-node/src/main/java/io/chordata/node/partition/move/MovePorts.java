package io.chordata.node.partition.move;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Timers;
import java.util.function.Supplier;

/**
 * What moves stand on.
 *
 * @param surroundings what is known of the cluster now; from any thread
 */
public record MovePorts(
        Clock clock,
        Timers timers,
        LocalReplicas replicas,
        MoveLinks links,
        BlockTransfer blocks,
        Supplier<Surroundings> surroundings) {}
