package io.chordata.node.block.replica;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A block store whose disk takes its time; what was asked for first is done first. */
final class SlowBlocks implements BlockStore {
    private final BlockStore store;
    private final Timers timers;
    private final Loops loops;
    private final LongSupplier slowMillis;
    private final LongSupplier slowReadMillis;
    private final LongSupplier slowListMillis;
    private Future<Void> changes = Future.succeededFuture();

    SlowBlocks(
            BlockStore store,
            Timers timers,
            Loops loops,
            LongSupplier slowMillis,
            LongSupplier slowReadMillis,
            LongSupplier slowListMillis) {
        this.store = store;
        this.timers = timers;
        this.loops = loops;
        this.slowMillis = slowMillis;
        this.slowReadMillis = slowReadMillis;
        this.slowListMillis = slowListMillis;
    }

    @Override
    public Future<Void> write(BlockRef block, BlockOwner owner, Buffer body) {
        return inOrder(() -> store.write(block, owner, body));
    }

    @Override
    public Future<Void> drop(PartitionId partition, BodyId body) {
        return inOrder(() -> store.drop(partition, body));
    }

    private Future<Void> inOrder(Supplier<Future<Void>> change) {
        if (slowMillis.getAsLong() == 0 && changes.isComplete()) {
            return change.get();
        }
        changes = changes.transform(before -> {
            Promise<Void> done = Promise.promise();
            timers.once(Math.max(1, slowMillis.getAsLong()), () -> change.get().onComplete(done));
            return done.future();
        });
        return LoopCalls.here(loops, changes);
    }

    @Override
    public Future<Buffer> read(BlockRef block, int offset, int length) {
        return later(slowReadMillis.getAsLong(), store.read(block, offset, length));
    }

    private <T> Future<T> later(long millis, Future<T> read) {
        return millis == 0
                ? read
                : read.transform(done -> {
                    Promise<T> later = Promise.promise();
                    timers.once(millis, () -> read.onComplete(later));
                    return later.future();
                });
    }

    @Override
    public Future<List<StoredBlock>> list(@Nullable BlockRef after, int max) {
        return later(max == 1 ? 0 : slowListMillis.getAsLong(), store.list(after, max));
    }

    @Override
    public Future<List<BlockRef>> listSetAside(@Nullable BlockRef after, int max) {
        return store.listSetAside(after, max);
    }

    @Override
    public Stats stats() {
        return store.stats();
    }

    @Override
    public void close() {
        store.close();
    }
}
