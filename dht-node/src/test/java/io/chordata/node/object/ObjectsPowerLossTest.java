package io.chordata.node.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.block.Blocks;
import io.chordata.node.block.Bodies;
import io.chordata.node.block.BodyOptions;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.SpaceGuard;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.PartitionOptions;
import io.chordata.node.partition.PartitionPorts;
import io.chordata.node.sim.NoPeers;
import io.chordata.node.sim.SimBlockStore;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The object layer over the partitions' real logs, on simulated disks, while the power fails at random moments. Afterwards
 * each key has the newest body that was acknowledged, or one whose outcome nobody was told.
 */
class ObjectsPowerLossTest {
    private static final String BUCKET = "bucket";
    private static final Partitioning PARTITIONING = new Partitioning(4);
    private static final NodeId SELF = new NodeId(new Uint128(1, 1));
    private static final int SEEDS = 25;
    private static final int LIVES = 4;
    private static final int PUTS = 25;

    private static int acknowledged;

    /** The world of one seed: what outlives the process, and the process. */
    private static final class World {
        private final SimScheduler scheduler;
        private final SimRandom random;
        private final SimRecordDisk records = new SimRecordDisk();
        private final SimBlockStore.Disk blocks = new SimBlockStore.Disk();
        private final Map<String, List<String>> possible = new TreeMap<>();
        private SimLoops loops;
        private ObjectLayer layer;

        World(long seed) {
            scheduler = new SimScheduler(seed);
            random = scheduler.random().fork();
            loops = new SimLoops(scheduler, 2);
            layer = start();
            run(() -> layer.buckets().create(SimObjects.anew(), BUCKET));
        }

        private ObjectLayer start() {
            SimClock clock = new SimClock(scheduler);
            SimTimers timers = new SimTimers(scheduler, loops);
            SimBlockStore store = new SimBlockStore(loops, () -> SpaceGuard.Room.ALL, blocks);
            SimRecordStore recordStore = new SimRecordStore(records, scheduler, loops);
            recordStore.setColdReadChance(0.2);
            PartitionPorts ports = new PartitionPorts(
                    loops, clock, timers, random.fork(), recordStore, store, () -> SpaceGuard.Room.ALL);
            NodePartitions partitions = new NodePartitions(
                    SELF, PARTITIONING, ObjectLayer.stateMachine(), ports, NoPeers.groups(), PartitionOptions.DEFAULT);
            run(() -> partitions.found().compose(founded -> partitions.start()));
            Bodies bodies =
                    new Bodies(BodyOptions.forHeap(64 << 20), PARTITIONING, Blocks.of(store), loops, random.fork());
            return new ObjectLayer(
                    new ObjectLayer.Ports(partitions, bodies, store, clock, timers, loops, random.fork()),
                    ObjectOptions.DEFAULT);
        }

        void losePower() {
            loops.kill();
            records.crash(random.fork());
            loops = new SimLoops(scheduler, 1 + random.nextInt(3));
            layer = start();
        }

        private <T> T run(Supplier<Future<T>> operation) {
            Promise<T> promise = Promise.promise();
            loops.current().execute(() -> operation.get().onComplete(promise));
            scheduler.runUntil(promise.future()::isComplete, 1_000_000);
            if (promise.future().failed()) {
                throw new AssertionError(scheduler.toString(), promise.future().cause());
            }
            return promise.future().result();
        }

        /** One put of each key at a time, so that what is possible is a plain list. */
        void startPuts(int life) {
            for (int i = 0; i < PUTS; i++) {
                String key = "key" + i;
                String text = life + ":" + i + "x".repeat(random.chance(0.3) ? 70_000 : 20);
                possible.computeIfAbsent(key, absent -> new ArrayList<>(List.of("")))
                        .add(text);
                loops.current().execute(() -> put(key, text));
            }
        }

        private void put(String key, String text) {
            Objects.PutRequest request = new Objects.PutRequest(
                    BUCKET, new ObjectKey(key), ObjectMetadata.EMPTY, WriteConditions.NONE, null);
            layer.objects()
                    .put(SimObjects.anew(), request, SimObjects.payload(text.getBytes(StandardCharsets.UTF_8)))
                    .onSuccess(put -> {
                        possible.put(key, new ArrayList<>(List.of(text)));
                        acknowledged++;
                    });
        }

        void verify() {
            for (Map.Entry<String, List<String>> entry : possible.entrySet()) {
                String found = run(() -> read(entry.getKey()));
                assertThat(entry.getValue())
                        .as("%s %s", scheduler, entry.getKey())
                        .contains(found);
                entry.setValue(new ArrayList<>(List.of(found)));
            }
        }

        /** Empty for no such key. */
        private Future<String> read(String key) {
            return layer.objects()
                    .open(BUCKET, new ObjectKey(key), 0, choice -> new ByteRange(0, choice.size()))
                    .compose(SimObjects::bytesOf)
                    .map(body -> new String(body, StandardCharsets.UTF_8))
                    .recover(failure -> Failures.is(failure, ObjectError.NO_SUCH_KEY)
                            ? Future.succeededFuture("")
                            : Future.failedFuture(failure));
        }
    }

    @Test
    void acknowledged_object_is_there_whenever_the_power_fails() {
        acknowledged = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            World world = new World(seed);
            for (int life = 0; life < LIVES; life++) {
                world.startPuts(life);
                for (int event = world.random.nextInt(1_500); event > 0 && world.scheduler.step(); event--) {
                    // the power fails between two events
                }
                world.losePower();
                world.verify();
            }
        }
        assertThat(acknowledged).isGreaterThan(SEEDS * LIVES);
    }
}
