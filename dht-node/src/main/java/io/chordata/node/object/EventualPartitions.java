package io.chordata.node.object;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RequestId;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.Partitions;
import io.vertx.core.Future;

/** Partitions read from any replica; remembers the oldest answer. */
final class EventualPartitions implements Partitions {
    private final Partitions partitions;
    private long ageMillis;

    EventualPartitions(Partitions partitions) {
        this.partitions = partitions;
    }

    long ageMillis() {
        return ageMillis;
    }

    @Override
    public Partitioning partitioning() {
        return partitions.partitioning();
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command) {
        return propose(partition, command);
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, byte[] command) {
        return Future.failedFuture(
                new PartitionRefusedException(partition, Reason.NOT_SERVING, "who reads eventually changes nothing"));
    }

    @Override
    public Future<byte[]> read(PartitionId partition, byte[] query) {
        return partitions.readEventually(partition, query).map(answer -> {
            ageMillis = Math.max(ageMillis, answer.ageMillis());
            return answer.answer();
        });
    }

    @Override
    public boolean isLedHere(PartitionId partition) {
        return partitions.isLedHere(partition);
    }

    @Override
    public long timeMillis() {
        return partitions.timeMillis();
    }
}
