package io.chordata.node.partition;

import io.chordata.node.core.BodyDroppedException;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.ColdReadException;
import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.ReadTier;
import io.vertx.core.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets writes of blocks begin whose bodies were not dropped in this partition. Belongs to the partition's loop, which also
 * applies the log: a drop's row is seen before the block store is asked to drop, and a write that did not see it is asked of
 * the store first, which then takes it away.
 */
final class DropGate {
    private final PartitionId partition;
    private final StateMachine machine;
    private final RecordReader records;
    private final Loop loop;
    private final LongSupplier generation;
    private long changes;

    DropGate(PartitionId partition, StateMachine machine, RecordReader records, Loop loop, LongSupplier generation) {
        this.partition = partition;
        this.machine = machine;
        this.records = records;
        this.loop = loop;
        this.generation = generation;
    }

    /** Rows are about to be written. */
    void onChange() {
        changes++;
    }

    <T> Future<T> unlessDropped(BodyId body, Supplier<Future<T>> write) {
        boolean dropped;
        try {
            dropped = isDropped(body, ReadTier.MEMORY);
        } catch (ColdReadException e) {
            return unlessDroppedOnDisk(body, write);
        }
        return begin(dropped, body, write);
    }

    /** What a worker read holds if no rows were written since. */
    private <T> Future<T> unlessDroppedOnDisk(BodyId body, Supplier<Future<T>> write) {
        long before = changes;
        long read = generation.getAsLong();
        return isDropped(body).compose(dropped -> {
            boolean holds = dropped || (before == changes && read == generation.getAsLong());
            return holds ? begin(dropped, body, write) : unlessDropped(body, write);
        });
    }

    private static <T> Future<T> begin(boolean dropped, BodyId body, Supplier<Future<T>> write) {
        return dropped ? Future.failedFuture(new BodyDroppedException("body " + body + " was dropped")) : write.get();
    }

    /** As of some moment during the call. */
    Future<Boolean> isDropped(BodyId body) {
        return loop.executeBlocking(() -> isDropped(body, ReadTier.DISK));
    }

    private boolean isDropped(BodyId body, ReadTier tier) {
        return machine.isDropped(body, new PartitionRows(partition, generation.getAsLong(), records, tier));
    }
}
