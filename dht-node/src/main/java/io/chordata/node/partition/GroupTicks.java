package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Tells the groups of one loop that time goes on. Only where a heartbeat or a campaign is due do they do anything; those of which
 * this node is the only member need not know.
 */
final class GroupTicks {
    private static final long TICK_MILLIS = 50;

    private final Loop loop;
    private final PartitionPorts ports;
    private final Supplier<Collection<PartitionReplica>> replicas;
    private volatile boolean stopped;

    /** @param replicas of all loops */
    GroupTicks(Loop loop, PartitionPorts ports, Supplier<Collection<PartitionReplica>> replicas) {
        this.loop = loop;
        this.ports = ports;
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
        ports.timers().once(TICK_MILLIS, this::tick);
        Now now = Now.of(ports.clock());
        for (PartitionReplica replica : replicas.get()) {
            if (replica.loop() == loop && !replica.isAlone()) {
                replica.onTick(now);
            }
        }
    }
}
