package io.chordata.node.cli;

import io.chordata.node.admin.ClusterHistory;
import io.chordata.node.admin.EventLog;
import io.chordata.node.admin.NodeView;
import io.chordata.node.admin.PartitionChanges;
import io.chordata.node.admin.PartitionView;
import io.chordata.node.block.replica.ReplicatedBlocks;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Timers;
import io.chordata.node.ring.view.Position;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks at who is in the cluster, who keeps and leads its partitions, and what is repaired, so that changes are noted whether
 * somebody listens or not; and at what S3 clients do while somebody does.
 */
final class ClusterWatch {
    private final Parts parts;
    private final EventLog events;
    private final ClusterHistory history;
    private final PartitionChanges changes;
    private final Clock clock;
    private final Timers timers;
    private final WatchPace pace;
    private volatile boolean stopped;
    private long blocksTold;
    private long bytesTold;

    /**
     * What it looks at.
     *
     * @param view who is there, as this node knows
     */
    record Parts(
            NodeId own,
            Supplier<RingView> view,
            NodeStatus status,
            ClusterPartitions partitions,
            S3Watch traffic,
            ReplicatedBlocks blocks) {}

    ClusterWatch(Parts parts, EventLog events, ClusterHistory history, Clock clock, Timers timers) {
        this.parts = parts;
        this.events = events;
        this.history = history;
        this.changes = new PartitionChanges(events);
        this.clock = clock;
        this.timers = timers;
        this.pace = new WatchPace(clock.monotonicNanos());
    }

    void start(Loop loop) {
        loop.execute(this::look);
    }

    private void look() {
        if (stopped) {
            return;
        }
        boolean isHeard = events.isHeard();
        tellTraffic(isHeard);
        tellRepairs();
        RingView view = parts.view.get();
        boolean isDue = pace.isDue(clock.monotonicNanos(), view.version(), view.nodeCount(), isHeard);
        (isDue ? ask(view.version()) : Future.succeededFuture())
                .onComplete(done -> timers.once(WatchPace.PERIOD_MILLIS, this::look));
    }

    private Future<?> ask(long version) {
        pace.asked(clock.monotonicNanos(), version);
        return parts.partitions
                .views()
                .compose(partitions -> parts.status.nodes().onSuccess(nodes -> note(nodes, partitions)));
    }

    private void note(List<NodeView> nodes, List<PartitionView> partitions) {
        boolean isAnyLed = partitions.stream().anyMatch(partition -> partition.leader() != null);
        if (!pace.hasArrived(clock.monotonicNanos(), isAnyLed)) {
            return;
        }
        long wallMillis = clock.wallMillis();
        changes.saw(wallMillis, partitions);
        pace.told(history.saw(wallMillis, nodes, this::positions, partitions));
    }

    private List<RingId> positions(NodeId node) {
        return parts.view.get().positionsOf(node).stream().map(Position::id).toList();
    }

    private void tellTraffic(boolean isHeard) {
        if (isHeard) {
            parts.traffic.tell(events, clock.wallMillis(), parts.own);
        } else {
            parts.traffic.tellNobody();
        }
    }

    private void tellRepairs() {
        long fetched = parts.blocks.fetchedBlocks();
        long bytes = parts.blocks.fetchedBytes();
        if (fetched > blocksTold) {
            events.repair(clock.wallMillis(), parts.own, fetched - blocksTold, bytes - bytesTold);
            blocksTold = fetched;
            bytesTold = bytes;
        }
    }

    /** Nothing new begins. */
    void stop() {
        stopped = true;
    }
}
