package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.PartitionReplica.TruncationMark;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the logs short. The order is what makes it safe: first note what each partition has applied, then flush the rows,
 * and only when that is durable delete the entries before the noted ones. Belongs to one loop, whoever starts and stops
 * it.
 */
final class LogTruncation {
    /** A truncation that found the store too busy is made up for by the next one. */
    private static final Future<Void> NEXT_TIME = Future.succeededFuture();

    private static final long CHECK_MILLIS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<PartitionReplica> replicas;
    private final PartitionPorts ports;
    private final PartitionOptions options;
    private final LogSize logSize;
    private final Consumer<Throwable> failNode;
    private final Loop loop;

    private Timers.@Nullable Timer timer;
    private Future<Void> running = Future.succeededFuture();
    private long finishedNanos;
    private boolean stopped;

    LogTruncation(
            List<PartitionReplica> replicas,
            PartitionPorts ports,
            PartitionOptions options,
            LogSize logSize,
            Consumer<Throwable> failNode) {
        this.replicas = replicas;
        this.ports = ports;
        this.options = options;
        this.logSize = logSize;
        this.failNode = failNode;
        this.loop = ports.loops().ownerOf(new PartitionId(0));
    }

    void start() {
        loop.execute(() -> {
            finishedNanos = ports.clock().monotonicNanos();
            schedule();
        });
    }

    /** Completes when no truncation is under way any more. */
    Future<Void> stop() {
        return LoopCalls.call(ports.loops(), loop, this::stopHere);
    }

    private Future<Void> stopHere() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
        return running;
    }

    private void schedule() {
        if (!stopped) {
            timer = ports.timers().once(Math.min(CHECK_MILLIS, options.truncateIntervalMillis()), this::onTimer);
        }
    }

    private void onTimer() {
        if (stopped) {
            return;
        }
        running = isDue() ? truncate() : Future.succeededFuture();
        running.onSuccess(done -> schedule()).onFailure(failNode::accept);
    }

    private boolean isDue() {
        long sinceMillis = (ports.clock().monotonicNanos() - finishedNanos) / NANOS_PER_MILLI;
        return logSize.isHigh() || sinceMillis >= options.truncateIntervalMillis();
    }

    private Future<Void> truncate() {
        return marks().compose(this::flushAndDelete)
                .onSuccess(done -> finishedNanos = ports.clock().monotonicNanos());
    }

    private Future<List<TruncationMark>> marks() {
        List<Future<@Nullable TruncationMark>> marks = new ArrayList<>();
        for (PartitionReplica replica : replicas) {
            marks.add(onLoopOf(replica, () -> Future.succeededFuture(replica.truncationMark())));
        }
        return Future.all(marks)
                .map(all -> marks.stream()
                        .map(Future::result)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private Future<Void> flushAndDelete(List<TruncationMark> marks) {
        if (marks.isEmpty()) {
            return Future.succeededFuture();
        }
        return ports.records()
                .flush()
                .compose(flushed -> ports.records().write(deletes(marks), Durability.ORDERED))
                .onSuccess(deleted -> marks.forEach(this::tell))
                .recover(cause -> cause instanceof StoreBusyException ? NEXT_TIME : Future.failedFuture(cause));
    }

    private static RecordBatch deletes(List<TruncationMark> marks) {
        RecordBatch batch = new RecordBatch();
        for (TruncationMark mark : marks) {
            PartitionLog.truncate(batch, mark.replica().partition(), mark.base());
        }
        return batch;
    }

    private void tell(TruncationMark mark) {
        mark.replica().loop().execute(() -> mark.replica().onTruncated(mark));
    }

    private <T> Future<T> onLoopOf(PartitionReplica replica, Supplier<Future<T>> call) {
        return LoopCalls.call(ports.loops(), replica.loop(), call);
    }
}
