package io.chordata.node.partition;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block store that only drops, some time after it is asked, and is sometimes busy. */
final class SimDrops implements BlockStore {
    private final SimScheduler scheduler;
    private final Set<BodyId> dropped = new HashSet<>();
    private SimLoops loops;
    private double busyChance;

    SimDrops(SimScheduler scheduler, SimLoops loops) {
        this.scheduler = scheduler;
        this.loops = loops;
    }

    /** The process was started again; what was dropped stays so. */
    void restart(SimLoops restarted) {
        loops = restarted;
    }

    void setBusyChance(double chance) {
        busyChance = chance;
    }

    boolean isDropped(BodyId body) {
        return dropped.contains(body);
    }

    @Override
    public Future<Void> drop(PartitionId partition, BodyId body) {
        if (scheduler.random().chance(busyChance)) {
            return Future.failedFuture(new StoreBusyException("the simulated disk is busy"));
        }
        Loop caller = loops.current();
        SimLoops process = loops;
        Promise<Void> promise = Promise.promise();
        scheduler.soon(() -> {
            if (!process.isKilled()) {
                dropped.add(body);
                caller.execute(promise::complete);
            }
        });
        return promise.future();
    }

    @Override
    public Future<Void> write(BlockRef block, BlockOwner owner, Buffer body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Buffer> read(BlockRef block, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<StoredBlock>> list(@Nullable BlockRef after, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<BlockRef>> listSetAside(@Nullable BlockRef after, int max) {
        throw new UnsupportedOperationException("not listed here");
    }

    @Override
    public Stats stats() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
