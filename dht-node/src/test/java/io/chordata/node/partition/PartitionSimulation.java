package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.LedgerMachine.Receipt;
import io.chordata.node.sim.NoPeers;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a node whose partitions take random commands and queries while reads are cold, the disk is busy or fails, the
 * clock jumps, logs are truncated, and the process dies between any two events, also during its start. What was
 * acknowledged is kept in a ledger outside and held against the node throughout.
 */
final class PartitionSimulation {
    private static final Partitioning PARTITIONING = new Partitioning(4);
    private static final NodeId SELF = new NodeId(new Uint128(1, 2));
    private static final int LIVES = 4;
    private static final int LIFE_EVENTS_MAX = 1000;
    private static final int EVENTS_MAX = 200_000;
    private static final PartitionOptions OPTIONS = new PartitionOptions(256, 24, 2000, 40, 4000, 6, 200, 700, 4);

    private final SimScheduler scheduler;
    private final SimRandom random;
    private final SimClock clock;
    private final SimRecordDisk disk = new SimRecordDisk();
    private final SimDrops drops;
    private final LedgerMachine machine = new LedgerMachine();
    private final Mutant mutant;
    private final List<PartitionId> inUse = new ArrayList<>();
    /** Acknowledged commands by id. */
    private final Map<Long, Acknowledged> acknowledged = new LinkedHashMap<>();

    private final Map<PartitionId, Long> acknowledgedPosition = new HashMap<>();
    private long nextId = 1;
    private long crashes;
    private long refused;
    private long answeredQueries;
    private long truncations;

    private @Nullable String violation;
    private boolean amidQuery;

    private SimLoops loops;
    private SimRecordStore store;
    private NodePartitions partitions;

    private record Acknowledged(PartitionId partition, Receipt receipt) {}

    /** What happened in a run. */
    record Outcome(
            long traceHash, long acknowledged, long refused, long queries, long crashes, long lost, long truncations) {}

    private PartitionSimulation(long seed, Mutant mutant) {
        this.scheduler = new SimScheduler(seed);
        this.random = scheduler.random().fork();
        this.clock = new SimClock(scheduler);
        this.mutant = mutant;
        this.loops = new SimLoops(scheduler, 2);
        this.store = new SimRecordStore(disk, scheduler, loops);
        this.drops = new SimDrops(scheduler, loops);
        this.partitions = partitions();
        for (int i = 0; i < 3; i++) {
            inUse.add(new PartitionId(i * 7));
        }
        machine.amidQuery = this::amidQuery;
    }

    /** While a query reads on a worker, the loops go on. */
    private void amidQuery() {
        boolean onLoop = inUse.stream().anyMatch(p -> loops.ownerOf(p).isCurrent());
        if (onLoop || amidQuery) {
            return;
        }
        amidQuery = true;
        for (int i = random.nextInt(8); i > 0; i--) {
            scheduler.step();
        }
        amidQuery = false;
    }

    /** @throws AssertionError if the node broke a promise; names the seed */
    static Outcome run(long seed, Mutant mutant) {
        PartitionSimulation simulation = new PartitionSimulation(seed, mutant);
        try {
            return simulation.run();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ", mutant " + mutant + ": " + e.getMessage(), e);
        }
    }

    private Outcome run() {
        for (int life = 0; life < LIVES; life++) {
            live();
            crash();
        }
        boot(0);
        scheduler.runUntil(start()::succeeded, EVENTS_MAX);
        checkLedger();
        checkRows();
        failIfViolated();
        scheduler.runUntil(partitions.stop()::succeeded, EVENTS_MAX);
        return new Outcome(
                scheduler.traceHash(),
                acknowledged.size(),
                refused,
                answeredQueries,
                crashes,
                disk.lostBatches(),
                truncations);
    }

    private void live() {
        boot(random.nextInt(3) * 0.15);
        SimLoops process = loops;
        start().onSuccess(started -> act(process));
        if (random.chance(0.1)) {
            scheduler.after(random.nextLong(0, 20_000_000), store::failNextSync);
        }
        int events = random.nextInt(LIFE_EVENTS_MAX);
        for (int i = 0; i < events && scheduler.step(); i++) {
            failIfViolated();
            if (random.chance(0.001)) {
                clock.jump(random.nextLong(-10_000, 10_000));
            }
        }
    }

    private void crash() {
        loops.kill();
        disk.crash(random);
        crashes++;
    }

    private void boot(double faults) {
        loops = new SimLoops(scheduler, 1 + random.nextInt(3));
        store = new SimRecordStore(disk, scheduler, loops);
        store.setColdReadChance(faults);
        store.setBusyChance(faults / 3);
        drops.restart(loops);
        drops.setBusyChance(faults / 3);
        partitions = partitions();
    }

    private NodePartitions partitions() {
        PartitionPorts ports = new PartitionPorts(
                loops,
                clock,
                new SimTimers(scheduler, loops),
                random.fork(),
                countingFlushes(mutant.plant((RecordStore) store, loops)),
                mutant.plant(drops, loops),
                () -> Room.ALL);
        return new NodePartitions(SELF, PARTITIONING, machine, ports, NoPeers.groups(), OPTIONS);
    }

    private Future<Void> start() {
        NodePartitions started = partitions;
        return started.found().compose(founded -> started.start());
    }

    private RecordStore countingFlushes(RecordStore counted) {
        return Intercepted.method(RecordStore.class, counted, "flush", arguments -> {
            truncations++;
            return counted.flush();
        });
    }

    /** A client: does something, and comes back some time later. */
    private void act(SimLoops process) {
        if (process.isKilled()) {
            return;
        }
        int burst = 1 + random.nextInt(12);
        for (int i = 0; i < burst; i++) {
            PartitionId partition = inUse.get(random.nextInt(inUse.size()));
            Loop caller = loops.ownerOf(new PartitionId(random.nextInt(PARTITIONING.count())));
            caller.execute(random.chance(0.7) ? () -> propose(caller, partition) : () -> query(caller, partition));
        }
        scheduler.after(random.nextLong(0, 3_000_000), () -> act(process));
    }

    private void propose(Loop caller, PartitionId partition) {
        long id = nextId++;
        Op op = random.chance(0.8) ? Op.ADD : random.chance(0.5) ? Op.TRIM : Op.DROP;
        partitions
                .propose(partition, LedgerMachine.command(op, id, random.nextInt(60)))
                .onSuccess(answer -> onAcknowledged(caller, partition, op, id, Receipt.parse(answer)))
                .onFailure(this::onRefused);
    }

    private void onAcknowledged(Loop caller, PartitionId partition, Op op, long id, Receipt receipt) {
        check(caller.isCurrent(), "answered on another loop than the caller's");
        check(
                op != Op.DROP || drops.isDropped(LedgerMachine.bodyOf(id)),
                "drop " + id + " answered before it was done");
        acknowledged.put(id, new Acknowledged(partition, receipt));
        acknowledgedPosition.merge(partition, receipt.position(), Math::max);
        scheduler.trace(receipt.position());
    }

    private void onRefused(Throwable cause) {
        refused++;
        check(cause instanceof PartitionRefusedException, "unexpected " + cause);
    }

    private void query(Loop caller, PartitionId partition) {
        long atLeast = acknowledgedPosition.getOrDefault(partition, 0L);
        byte[] query = random.chance(0.5) ? LedgerMachine.countQuery() : LedgerMachine.scanQuery();
        partitions
                .read(partition, query)
                .onSuccess(answer -> {
                    check(caller.isCurrent(), "answered on another loop than the caller's");
                    long count = LedgerMachine.number(answer);
                    check(count >= atLeast, partition + " answered " + count + " after " + atLeast + " acknowledged");
                    acknowledgedPosition.merge(partition, count, Math::max);
                    answeredQueries++;
                })
                .onFailure(this::onQueryFailed);
    }

    private void onQueryFailed(Throwable cause) {
        refused++;
        check(
                cause instanceof PartitionRefusedException || cause instanceof StoreFailedException,
                "unexpected " + cause);
    }

    /** Every acknowledged command is there, at its position. */
    private void checkLedger() {
        acknowledged.forEach((id, entry) -> {
            byte[] row = PartitionKeys.row(entry.partition(), 0, LedgerMachine.SEEN, LedgerMachine.bytes(id));
            long position = LedgerMachine.number(store.get(Family.STATE, row, ReadTier.DISK));
            check(
                    position == entry.receipt().position(),
                    "command " + id + " was acknowledged as " + entry + ", now it is at " + position);
        });
        acknowledgedPosition.forEach((partition, position) -> {
            long count = LedgerMachine.number(await(partitions.read(partition, LedgerMachine.countQuery())));
            check(count >= position, partition + " once showed " + position + " commands, now " + count);
        });
    }

    private <T> T await(Future<T> future) {
        scheduler.runUntil(future::isComplete, EVENTS_MAX);
        check(future.succeeded(), "failed: " + future.cause());
        return future.result();
    }

    /** The rows are those that the entries give, applied one by one, each once. */
    private void checkRows() {
        for (PartitionId partition : inUse) {
            MemoryRows expected = new MemoryRows(partition);
            LedgerMachine replica = new LedgerMachine();
            long timeMillis = 0;
            for (StateMachine.Entry entry : machine.given(partition)) {
                check(entry.timeMillis() >= timeMillis, "log time goes back at " + entry);
                timeMillis = entry.timeMillis();
                replica.apply(entry, expected);
            }
            String stored = storedRows(partition).toString();
            check(stored.equals(expected.toString()), partition + " has " + stored + " instead of " + expected);
        }
    }

    private MemoryRows storedRows(PartitionId partition) {
        MemoryRows rows = new MemoryRows(partition);
        byte[] from = PartitionKeys.row(partition, 0, 0, new byte[0]);
        try (RecordStore.Cursor cursor = store.scan(Family.STATE, from, PartitionKeys.appliedMark(partition, 1))) {
            while (cursor.next()) {
                rows.putRow(cursor.key(), cursor.value());
            }
        }
        return rows;
    }

    /** Remembered rather than thrown, which a future would swallow. */
    private void check(boolean holds, String otherwise) {
        if (!holds && violation == null) {
            violation = otherwise;
        }
    }

    private void failIfViolated() {
        if (violation != null) {
            throw new AssertionError(violation);
        }
    }
}
