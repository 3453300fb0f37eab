package io.chordata.node.partition;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.partition.raft.RaftOutbox.Write;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/**
 * The writes of one replica's log, in order. One that finds the store busy waits here, and those behind it; what makes them
 * is refused meanwhile ({@link #isBehind}), so they are few.
 */
final class LogWrites {
    private static final long BUSY_RETRY_MILLIS = 5;

    private final PartitionId partition;
    private final ReplicaEnvironment environment;
    private final LongConsumer persisted;
    private final ArrayDeque<Write> deferred = new ArrayDeque<>();

    /** @param persisted told the number of each write that is synced */
    LogWrites(PartitionId partition, ReplicaEnvironment environment, LongConsumer persisted) {
        this.partition = partition;
        this.environment = environment;
        this.persisted = persisted;
    }

    boolean isBehind() {
        return !deferred.isEmpty();
    }

    void add(Write write) {
        if (isBehind() || !tryWrite(write)) {
            deferred.add(write);
            if (deferred.size() == 1) {
                retryLater();
            }
        }
    }

    private void retryLater() {
        environment.ports().timers().once(BUSY_RETRY_MILLIS, this::retry);
    }

    private void retry() {
        while (isBehind() && tryWrite(deferred.element())) {
            deferred.remove();
        }
        if (isBehind()) {
            retryLater();
        }
    }

    private boolean tryWrite(Write write) {
        Future<Void> synced =
                environment.ports().records().write(PartitionLog.batchOf(partition, write), Durability.SYNCED);
        if (synced.failed() && synced.cause() instanceof StoreBusyException) {
            return false;
        }
        synced.onSuccess(done -> persisted.accept(write.number())).onFailure(environment.failNode()::accept);
        return true;
    }
}
