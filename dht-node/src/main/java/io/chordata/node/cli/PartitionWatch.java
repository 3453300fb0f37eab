package io.chordata.node.cli;

import io.chordata.node.admin.Health;
import io.chordata.node.admin.Health.Phase;
import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.PartitionsView;
import io.chordata.node.partition.PartitionsView.PartitionView;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Looks at the partitions every few seconds: for the metrics, because a scrape cannot wait for their loops, to take the node
 * out of service when all that it keeps have failed, and to know whether it can be stopped.
 */
final class PartitionWatch {
    private static final long PERIOD_MILLIS = 2_000;

    private final NodeMeters meters;
    private final Health health;
    private final NodeId self;
    private final Predicate<NodeId> isUp;
    private final NodePartitions partitions;
    private final Timers timers;
    private final Loops loops;
    private volatile PartitionsView latest = new PartitionsView(List.of());

    /** @param isUp whether another node answers, as far as is known */
    PartitionWatch(
            NodeMeters meters,
            Health health,
            NodeId self,
            Predicate<NodeId> isUp,
            NodePartitions partitions,
            Timers timers,
            Loops loops) {
        this.self = self;
        this.isUp = isUp;
        this.meters = meters;
        this.health = health;
        this.partitions = partitions;
        this.timers = timers;
        this.loops = loops;
    }

    /** Completes once it has looked for the first time. */
    Future<Void> start() {
        meters.gauge(Metric.PARTITIONS, () -> latest.totals().serving());
        meters.gauge(Metric.PARTITIONS_QUEUED, () -> latest.totals().queued());
        meters.gauge(Metric.PARTITIONS_LOG, () -> latest.totals().logBytes());
        meters.count(Metric.PARTITIONS_COMMITTED, () -> sum(PartitionView::commitIndex));
        meters.count(Metric.PARTITIONS_APPLIED, () -> sum(PartitionView::appliedIndex));
        return LoopCalls.call(loops, loops.ownerOf(new PartitionId(0)), this::look);
    }

    private double sum(ToLongFunction<PartitionView> value) {
        return latest.partitions().stream().mapToLong(value).sum();
    }

    private Future<Void> look() {
        return partitions
                .view()
                .onSuccess(this::saw)
                .onComplete(done -> timers.once(PERIOD_MILLIS, this::look))
                .mapEmpty();
    }

    private void saw(PartitionsView view) {
        latest = view;
        List<PartitionView> kept = view.partitions();
        health.isNeeded(StopCost.isMajority(kept, self, isUp));
        if (!kept.isEmpty() && kept.stream().allMatch(PartitionView::hasFailed)) {
            health.become(Phase.FAILED);
        }
    }
}
