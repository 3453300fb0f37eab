package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimFileDisk;
import io.chordata.node.sim.SimFiles;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The real segment store on simulated files, records and loops, with clients that write, drop, read and compact as the
 * seed says, and a ledger of what must be there.
 */
final class BlockStoreWorld {
    static final BlockStoreOptions OPTIONS = new BlockStoreOptions(48 << 10, 96 << 10, 24 << 10, 2, 2, 50);

    private static final int EVENTS_MAX = 100_000;
    private static final int BODIES = 6;
    private static final int IN_FLIGHT_MAX = 8;
    private static final int BODY_BYTES_MAX = 12 << 10;
    private static final BlockOwner OWNER = new BlockOwner(new BucketId(Uint128.ZERO), new byte[] {'k'}, null, 0, 5);

    final SimScheduler scheduler;
    final SimRandom random;
    final SimFileDisk fileDisk = new SimFileDisk();
    private SimRecordDisk recordDisk = new SimRecordDisk();
    final BlockLedger ledger = new BlockLedger();
    private @Nullable Process process;
    private int bodyOrigin;
    private int nextLength = 1;
    private int inFlight;
    private boolean full;
    private boolean failing;
    private int refusedWrites;
    private int failures;
    private int acknowledgedWrites;
    private int acknowledgedDrops;
    private int compactions;

    BlockStoreWorld(long seed) {
        scheduler = new SimScheduler(seed);
        random = scheduler.random().fork();
        start();
    }

    /** One life of the store. */
    private record Process(
            SimLoops loops,
            SimTimers timers,
            SimFiles files,
            SimRecordStore records,
            @Nullable SegmentBlockStore store) {}

    private Process process() {
        return Objects.requireNonNull(process);
    }

    SimTimers timers() {
        return process().timers;
    }

    SimFiles files() {
        return process().files;
    }

    SimRecordStore records() {
        return process().records;
    }

    SegmentBlockStore store() {
        return Objects.requireNonNull(process().store);
    }

    int acknowledgedWrites() {
        return acknowledgedWrites;
    }

    int acknowledgedDrops() {
        return acknowledgedDrops;
    }

    int refusedWrites() {
        return refusedWrites;
    }

    /** Writes that a failed store did not take. */
    int failures() {
        return failures;
    }

    boolean isFailing() {
        return failing;
    }

    int compactions() {
        return compactions;
    }

    /** A process begins; false if it lost its power before it was ready. */
    boolean start() {
        return start(Long.MAX_VALUE);
    }

    boolean start(long stepsToPowerLoss) {
        SimLoops loops = new SimLoops(scheduler, 2);
        SimTimers timers = new SimTimers(scheduler, loops);
        SimFiles files = new SimFiles(fileDisk, random.fork());
        files.setShortChance(0.1);
        files.losePowerAfter(stepsToPowerLoss);
        SimRecordStore records = new SimRecordStore(recordDisk, scheduler, loops);
        records.setBusyChance(0.02);
        inFlight = 0;
        full = false;
        failing = false;
        process = new Process(loops, timers, files, records, null);
        BlockStorePorts ports = new BlockStorePorts(
                files,
                records,
                loops,
                timers,
                new SimClock(scheduler),
                random.fork(),
                () -> Room.ALL,
                task -> run(loops, task),
                task -> run(loops, task));
        Future<SegmentBlockStore> opened = SegmentBlockStore.open(ports, OPTIONS, BlockStoreObserver.NONE);
        scheduler.runUntil(() -> opened.isComplete() || files.isPowerLost(), EVENTS_MAX);
        if (files.isPowerLost()) {
            return false;
        }
        assertThat(opened.cause()).as("opening with " + scheduler).isNull();
        process = new Process(loops, timers, files, records, opened.result());
        return true;
    }

    private void run(SimLoops own, Runnable task) {
        scheduler.soon(() -> {
            if (!own.isKilled()) {
                task.run();
            }
        });
    }

    /** The process is gone; what it wrote is where it wrote it, synced or not. */
    void kill() {
        process().loops.kill();
        files().end();
        recordDisk.crash(random);
    }

    /** All rows are lost, as when another disk fails. */
    void forgetRecords() {
        recordDisk = new SimRecordDisk();
    }

    long lostBatches() {
        return recordDisk.lostBatches();
    }

    void losePower() {
        kill();
        fileDisk.crash(random);
    }

    /** Clients act and events happen until {@code events} have, or the power is lost. */
    void live(int events) {
        for (int i = 0; i < events && !files().isPowerLost(); i++) {
            if (inFlight < IN_FLIGHT_MAX && random.chance(0.2)) {
                act();
            }
            scheduler.step();
        }
    }

    /** Until everything asked for is answered; false if the power is lost before. */
    boolean settle() {
        scheduler.runUntil(() -> inFlight == 0 || files().isPowerLost(), EVENTS_MAX);
        return !files().isPowerLost();
    }

    private void act() {
        int choice = random.nextInt(100);
        if (choice < 65) {
            write(new BlockRef(partition(), body(), random.nextInt(4)));
        } else if (choice < 80) {
            drop(partition(), body());
        } else if (choice < 92) {
            readSome();
        } else if (choice < 97) {
            compact();
        } else if (choice < 99) {
            squeeze();
        } else if (random.chance(0.2)) {
            failSync();
        }
    }

    /** The disk becomes full, or has room again. */
    private void squeeze() {
        full = !full;
        files().setCapacityBytes(full ? files().usedBytes() + random.nextInt(40_000) : 1L << 40);
    }

    /** From now on the process acknowledges nothing more. */
    private void failSync() {
        failing = true;
        if (random.chance(0.5)) {
            files().failNextSync();
        } else {
            records().failNextSync();
        }
    }

    private PartitionId partition() {
        return new PartitionId(random.nextInt(2));
    }

    /** Old bodies are left alone in time, so that whole segments stay as they are. */
    private BodyId body() {
        if (random.chance(0.05)) {
            bodyOrigin++;
        }
        return new BodyId(new Uint128(bodyOrigin + random.nextInt(BODIES), 1));
    }

    void write(BlockRef block) {
        int length = newLength();
        BlockLedger.Change change = ledger.write(block, length);
        SimFiles asked = files();
        inFlight++;
        store().write(block, OWNER, Buffer.buffer(content(block, length))).onComplete(done -> {
            if (asked == files() && !files().isPowerLost()) {
                inFlight--;
                if (done.succeeded()) {
                    acknowledgedWrites++;
                    ledger.acknowledge(change);
                } else if (isRefusal(done.cause())) {
                    refusedWrites++;
                    ledger.refuse(change);
                } else {
                    failures++;
                    assertThat(failing).as(done.cause() + ", " + scheduler).isTrue();
                }
            }
        });
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof StoreBusyException || cause instanceof StoreFullException;
    }

    void drop(PartitionId partition, BodyId body) {
        List<BlockLedger.Change> changes = ledger.drop(partition, body);
        SimFiles asked = files();
        inFlight++;
        store().drop(partition, body).onComplete(done -> {
            if (asked == files() && !files().isPowerLost()) {
                inFlight--;
                if (done.succeeded()) {
                    acknowledgedDrops += changes.size();
                    changes.forEach(ledger::acknowledge);
                }
            }
        });
    }

    /** A read beside others sees the block as it was at some moment between question and answer. */
    private void readSome() {
        BlockRef block = ledger.any(random.nextInt(1 << 20));
        if (block == null) {
            return;
        }
        Set<Integer> before = ledger.allowed(block);
        SimFiles asked = files();
        inFlight++;
        lengthOf(block).onComplete(done -> {
            if (asked == files() && !files().isPowerLost()) {
                inFlight--;
                if (failing) {
                    return;
                }
                Set<Integer> allowed = new TreeSet<>(before);
                allowed.addAll(ledger.allowed(block));
                assertThat(done.cause()).as("reading %s, %s", block, scheduler).isNull();
                assertThat(allowed).as("%s, %s", block, scheduler).contains(done.result());
            }
        });
    }

    void compact() {
        SimFiles asked = files();
        inFlight++;
        store().compactOnce().onComplete(done -> {
            if (asked == files() && !files().isPowerLost()) {
                inFlight--;
                compactions += done.succeeded() && done.result() ? 1 : 0;
            }
        });
    }

    /** Each write of a run has its own, so a body's length tells which write it is. */
    private int newLength() {
        nextLength += 1 + random.nextInt(40);
        return nextLength % BODY_BYTES_MAX + 1;
    }

    static byte[] content(BlockRef block, int length) {
        long seed = block.body().value().high() * 31
                + block.index() * 7L
                + block.partition().number()
                + length;
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** Everything that is stored is what it must be; from now on it must stay so. */
    void check() {
        List<StoredBlock> listed = await(store().list(null, 100_000));
        List<BlockRef> expected = new ArrayList<>();
        for (BlockRef block : ledger.blocks()) {
            int length = await(lengthOf(block));
            assertThat(ledger.allowed(block))
                    .as("length of %s, %s", block, scheduler)
                    .contains(length);
            ledger.settle(block, length);
            if (length != BlockLedger.ABSENT) {
                expected.add(block);
            }
        }
        assertThat(listed)
                .extracting(StoredBlock::block)
                .as("listing, %s", scheduler)
                .isEqualTo(expected);
        assertThat(store().stats().blocks()).as("blocks counted, %s", scheduler).isEqualTo(expected.size());
        scheduler.trace(expected.size());
    }

    /** 0 if it is not there; fails if its bytes are not those of the write of that length. */
    private Future<Integer> lengthOf(BlockRef block) {
        return store().list(previous(block), 1)
                .compose(found -> found.isEmpty() || !found.get(0).block().equals(block)
                        ? Future.succeededFuture(BlockLedger.ABSENT)
                        : store().read(block, 0, found.get(0).length()).map(bytes -> {
                            assertThat(bytes.getBytes())
                                    .as("bytes of %s, %s", block, scheduler)
                                    .isEqualTo(content(block, bytes.length()));
                            return bytes.length();
                        }))
                .recover(cause -> cause instanceof BlockMissingException || cause instanceof IndexOutOfBoundsException
                        // replaced or dropped between the two questions
                        ? lengthOf(block)
                        : Future.failedFuture(cause));
    }

    private static BlockRef previous(BlockRef block) {
        return block.index() > 0
                ? new BlockRef(block.partition(), block.body(), block.index() - 1)
                : new BlockRef(
                        block.partition(),
                        new BodyId(block.body().value().minus(new Uint128(0, 1))),
                        Integer.MAX_VALUE);
    }

    <T> T await(Future<T> future) {
        scheduler.runUntil(future::isComplete, EVENTS_MAX);
        if (future.failed()) {
            throw new AssertionError(future.cause() + ", " + scheduler, future.cause());
        }
        return future.result();
    }
}
