package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.PartitionReplica.TruncationMark;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
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
    private static final long CHECK_MILLIS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Supplier<Collection<PartitionReplica>> replicas;
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
            Supplier<Collection<PartitionReplica>> replicas,
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
        for (PartitionReplica replica : replicas.get()) {
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
                .compose(flushed ->
                        Future.all(marks.stream().map(this::truncate).toList()).mapEmpty());
    }

    private Future<Void> truncate(TruncationMark mark) {
        return onLoopOf(mark.replica(), () -> mark.replica().truncate(mark));
    }

    private <T> Future<T> onLoopOf(PartitionReplica replica, Supplier<Future<T>> call) {
        return LoopCalls.call(ports.loops(), replica.loop(), call);
    }
}
