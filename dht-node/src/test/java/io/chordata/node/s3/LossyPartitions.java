package io.chordata.node.s3;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RequestId;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.Partitions;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Loses an answer now and then, as a network does: the command was applied, its proposer knows nothing. Or holds them back. */
final class LossyPartitions implements Partitions {
    private final Partitions partitions;

    /** Whether the answer to the next request is lost. */
    volatile boolean losesNext;

    /** What each read and request waits for first. */
    volatile Supplier<Future<Void>> delay = Future::succeededFuture;

    LossyPartitions(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public Partitioning partitioning() {
        return partitions.partitioning();
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command) {
        boolean loses = losesNext;
        losesNext = false;
        return delay.get()
                .compose(passed -> partitions.propose(partition, id, command))
                .compose(answer -> loses
                        ? Future.failedFuture(
                                new PartitionRefusedException(partition, Reason.UNKNOWN, "as the test wants"))
                        : Future.succeededFuture(answer));
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, byte[] command) {
        return partitions.propose(partition, command);
    }

    @Override
    public Future<byte[]> read(PartitionId partition, byte[] query) {
        return delay.get().compose(passed -> partitions.read(partition, query));
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
