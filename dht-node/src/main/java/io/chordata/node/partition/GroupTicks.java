package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import io.chordata.node.core.Timers;
import java.util.Collection;
import java.util.function.Supplier;

/** Tells the groups of one loop that time goes on; those of which this node is the only member need not know. */
final class GroupTicks {
    private static final long TICK_MILLIS = 50;

    private final Loop loop;
    private final Timers timers;
    private final Supplier<Collection<PartitionReplica>> replicas;
    private volatile boolean stopped;

    /** @param replicas of all loops */
    GroupTicks(Loop loop, Timers timers, Supplier<Collection<PartitionReplica>> replicas) {
        this.loop = loop;
        this.timers = timers;
        this.replicas = replicas;
    }

    void start() {
        loop.execute(this::tick);
    }

    void stop() {
        stopped = true;
    }

    private void tick() {
        if (stopped) {
            return;
        }
        timers.once(TICK_MILLIS, this::tick);
        for (PartitionReplica replica : replicas.get()) {
            if (replica.loop() == loop && !replica.isAlone()) {
                replica.onTick();
            }
        }
    }
}
