package io.chordata.node.sim;

import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.SpaceGuard;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.StoreFullException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The block store's simulated twin: the same contract, in memory. Each operation takes effect and is answered in a later
 * event of its own, in the order asked, so an operation that was not answered when the process was killed may have
 * happened or not. What was stored outlives the process: give the next one the same {@link Disk}.
 */
public final class SimBlockStore implements BlockStore {
    static final Comparator<BlockRef> ORDER = Comparator.comparing(BlockRef::partition)
            .thenComparing(BlockRef::body)
            .thenComparingInt(BlockRef::index);

    private final Loops loops;
    private final SpaceGuard space;
    private final Disk disk;
    private @Nullable String failure;
    private @Nullable SimScheduler scheduler;
    private long delayNanosMax;
    private long lastNanos;

    /** What survives a power loss; blocks by order of (partition, body, index). */
    public static final class Disk {
        private final NavigableMap<BlockRef, Copy> blocks = new TreeMap<>(ORDER);
        private final Set<BlockRef> setAside = new TreeSet<>(ORDER);
        private long corruptBlocks;

        /** Rots the block, so that a read finds its checksum broken. */
        public synchronized void corrupt(BlockRef block) {
            Copy copy = Objects.requireNonNull(blocks.get(block), () -> "no block " + block);
            blocks.put(block, new Copy(copy.owner, copy.body, true));
        }

        /** Whether the block is here, rotten or not. */
        public synchronized boolean has(BlockRef block) {
            return blocks.containsKey(block);
        }

        public synchronized int size() {
            return blocks.size();
        }

        public synchronized List<BlockRef> blocks() {
            return List.copyOf(blocks.keySet());
        }

        /** Without those that were found rotten. */
        public synchronized List<BlockRef> wholeBlocks() {
            return blocks.keySet().stream()
                    .filter(block -> !setAside.contains(block))
                    .toList();
        }
    }

    private record Copy(BlockOwner owner, Buffer body, boolean rotten) {}

    public SimBlockStore(Loops loops, SpaceGuard space, Disk disk) {
        this.loops = loops;
        this.space = space;
        this.disk = disk;
    }

    /** A store with nothing in it and room for all. */
    public SimBlockStore(Loops loops) {
        this(loops, () -> SpaceGuard.Room.ALL, new Disk());
    }

    /** Each operation takes up to so long from now on, and none overtakes another. */
    public void setDelay(SimScheduler scheduler, long nanosMax) {
        this.scheduler = scheduler;
        this.delayNanosMax = nanosMax;
    }

    /** As a failed sync does: nothing is acknowledged from now on. */
    public void fail(String message) {
        failure = message;
    }

    @Override
    public Future<Void> write(BlockRef block, BlockOwner owner, Buffer body) {
        if (body.length() < 1 || body.length() > MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException(
                    "a block takes 1 to " + MAX_BLOCK_BYTES + " bytes, got " + body.length());
        }
        if (space.room() != SpaceGuard.Room.ALL) {
            return Future.failedFuture(new StoreFullException("the simulated disk is full"));
        }
        return answer(() -> {
            refuseIfFailed();
            disk.blocks.put(block, new Copy(owner, body.copy(), false));
            disk.setAside.remove(block);
            return null;
        });
    }

    @Override
    public Future<Buffer> read(BlockRef block, int offset, int length) {
        return answer(() -> {
            Copy copy = disk.blocks.get(block);
            if (copy == null) {
                throw new BlockMissingException("no block " + block);
            }
            Objects.checkFromIndexSize(offset, length, copy.body.length());
            if (copy.rotten) {
                disk.corruptBlocks += disk.setAside.add(block) ? 1 : 0;
                throw new BlockCorruptException("checksum mismatch in " + block);
            }
            return copy.body.getBuffer(offset, offset + length);
        });
    }

    @Override
    public Future<Void> drop(PartitionId partition, BodyId body) {
        return answer(() -> {
            refuseIfFailed();
            Predicate<BlockRef> ofBody =
                    block -> block.partition().equals(partition) && block.body().equals(body);
            disk.blocks.keySet().removeIf(ofBody);
            disk.setAside.removeIf(ofBody);
            return null;
        });
    }

    @Override
    public Future<List<StoredBlock>> list(@Nullable BlockRef after, int max) {
        return answer(() -> (after == null ? disk.blocks : disk.blocks.tailMap(after, false))
                .entrySet().stream()
                        .filter(entry -> !disk.setAside.contains(entry.getKey()))
                        .limit(max)
                        .map(entry -> new StoredBlock(
                                entry.getKey(),
                                entry.getValue().owner,
                                entry.getValue().body.length()))
                        .toList());
    }

    @Override
    public Future<List<BlockRef>> listSetAside(@Nullable BlockRef after, int max) {
        return answer(() -> disk.setAside.stream()
                .filter(block -> after == null || ORDER.compare(block, after) > 0)
                .limit(max)
                .toList());
    }

    @Override
    public Stats stats() {
        synchronized (disk) {
            long bytes = disk.blocks.values().stream()
                    .mapToLong(copy -> copy.body.length())
                    .sum();
            return new Stats(disk.blocks.size(), bytes, bytes, 1, 1L << 40, (1L << 40) - bytes, disk.corruptBlocks, 0);
        }
    }

    @Override
    public void close() {
        fail("the block store is closed");
    }

    private void refuseIfFailed() {
        if (failure != null) {
            throw new StoreFailedException(failure);
        }
    }

    private <T extends @Nullable Object> Future<T> answer(Callable<T> operation) {
        Loop caller = loops.current();
        Promise<T> promise = Promise.promise();
        later(caller, () -> {
            synchronized (disk) {
                try {
                    promise.complete(operation.call());
                } catch (Exception e) {
                    promise.fail(e);
                }
            }
        });
        return promise.future();
    }

    private void later(Loop caller, Runnable operation) {
        if (scheduler == null || delayNanosMax <= 0) {
            caller.execute(operation);
            return;
        }
        long now = scheduler.nowNanos();
        lastNanos = Math.max(lastNanos, now + scheduler.random().nextLong(0, delayNanosMax));
        scheduler.after(lastNanos - now, () -> caller.execute(operation));
    }
}
