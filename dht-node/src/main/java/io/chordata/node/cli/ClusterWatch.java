package io.chordata.node.cli;

import io.chordata.node.admin.EventLog;
import io.chordata.node.admin.PartitionChanges;
import io.chordata.node.block.replica.ReplicatedBlocks;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;

/**
 * Looks once a second at what S3 clients do, at repairs, and at who keeps and leads the cluster's partitions, while somebody
 * listens to events: to ask every node costs something, and what is noted each second would push out what happened before.
 */
final class ClusterWatch {
    private static final long PERIOD_MILLIS = 1_000;

    private final NodeId own;
    private final ClusterPartitions partitions;
    private final S3Watch traffic;
    private final ReplicatedBlocks blocks;
    private final EventLog events;
    private final PartitionChanges changes;
    private final Clock clock;
    private final Timers timers;
    private volatile boolean stopped;
    private long blocksTold;
    private long bytesTold;

    ClusterWatch(
            NodeId own,
            ClusterPartitions partitions,
            S3Watch traffic,
            ReplicatedBlocks blocks,
            EventLog events,
            Clock clock,
            Timers timers) {
        this.own = own;
        this.partitions = partitions;
        this.traffic = traffic;
        this.blocks = blocks;
        this.events = events;
        this.changes = new PartitionChanges(events);
        this.clock = clock;
        this.timers = timers;
    }

    void start(Loop loop) {
        loop.execute(this::look);
    }

    private void look() {
        if (stopped) {
            return;
        }
        Future<?> looked = Future.succeededFuture();
        if (events.isHeard()) {
            traffic.tell(events, clock.wallMillis(), own);
            tellRepairs();
            looked = partitions.views().onSuccess(views -> changes.saw(clock.wallMillis(), views));
        } else {
            changes.forget();
        }
        looked.onComplete(done -> timers.once(PERIOD_MILLIS, this::look));
    }

    private void tellRepairs() {
        long fetched = blocks.fetchedBlocks();
        long bytes = blocks.fetchedBytes();
        if (fetched > blocksTold) {
            events.repair(clock.wallMillis(), own, fetched - blocksTold, bytes - bytesTold);
            blocksTold = fetched;
            bytesTold = bytes;
        }
    }

    /** Nothing new begins. */
    void stop() {
        stopped = true;
    }
}
