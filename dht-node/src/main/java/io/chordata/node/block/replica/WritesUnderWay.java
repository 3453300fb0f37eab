package io.chordata.node.block.replica;

import io.chordata.node.core.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.TreeMap;

/** Counts the writes of each partition, for whoever waits until there is none. From any thread. */
final class WritesUnderWay {
    private final Map<PartitionId, Writes> partitions = new TreeMap<>();

    private static final class Writes {
        private final Promise<Void> over = Promise.promise();
        private int count;
    }

    synchronized void begin(PartitionId partition) {
        partitions.computeIfAbsent(partition, first -> new Writes()).count++;
    }

    void end(PartitionId partition) {
        Writes ended;
        synchronized (this) {
            ended = partitions.computeIfPresent(partition, (id, writes) -> {
                writes.count--;
                return writes;
            });
            if (ended == null || ended.count > 0) {
                return;
            }
            partitions.remove(partition);
        }
        ended.over.complete();
    }

    /** Of those that have begun by now, and all that begin before the last of them ends. */
    synchronized Future<Void> over(PartitionId partition) {
        Writes writes = partitions.get(partition);
        return writes == null ? Future.succeededFuture() : writes.over.future();
    }
}
