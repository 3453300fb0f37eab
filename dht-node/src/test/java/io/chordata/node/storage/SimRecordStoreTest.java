package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SimRecordStoreTest extends RecordStoreContract {
    private static final int EVENTS_MAX = 10_000;

    private SimScheduler scheduler = new SimScheduler(1);
    private SimLoops loops = new SimLoops(scheduler, 2);
    private SimRecordDisk disk = new SimRecordDisk();
    private SimRecordStore store = new SimRecordStore(disk, scheduler, loops);

    @Override
    RecordStore store() {
        return store;
    }

    @Override
    <T> T await(Future<T> future) {
        return scheduler.await(future);
    }

    @Override
    void onLoop(Consumer<Loop> task) {
        boolean[] ran = new boolean[1];
        Loop loop = loops.ownerOf(new PartitionId(1));
        loop.execute(() -> {
            task.accept(loop);
            ran[0] = true;
        });
        scheduler.runUntil(() -> ran[0], EVENTS_MAX);
    }

    @Override
    void crash() {
        loops.kill();
        disk.crash(scheduler.random());
        loops = new SimLoops(scheduler, 2);
        store = new SimRecordStore(disk, scheduler, loops);
    }

    @Override
    void reopen() {
        store.close();
        scheduler.runUntilIdle(EVENTS_MAX);
        store = new SimRecordStore(disk, scheduler, loops);
    }

    @Override
    void chill() {
        store.setColdReadChance(1);
    }

    @Test
    void crash_keeps_every_possible_prefix_of_ordered_batches_over_the_seeds() {
        TreeSet<Integer> survivors = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            startAnew(seed);
            for (char key = 'a'; key <= 'e'; key++) {
                await(store.write(batchFor(Durability.ORDERED, "" + key), Durability.ORDERED));
            }
            crash();
            survivors.add(keys(Family.NODE, "", null).size());
        }
        assertThat(survivors).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void crash_during_a_synced_write_loses_it_or_keeps_it_and_never_acknowledges_it() {
        TreeSet<Integer> survivors = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            startAnew(seed);
            Future<Void> write = store.write(batchFor(Durability.SYNCED, "a"), Durability.SYNCED);
            int steps = scheduler.random().nextInt(3);
            for (int i = 0; i < steps; i++) {
                scheduler.step();
            }
            boolean acknowledged = write.isComplete();
            crash();
            scheduler.runUntilIdle(EVENTS_MAX);
            assertThat(write.isComplete()).as("seed %d", seed).isEqualTo(acknowledged);
            survivors.add(keys(Family.NODE, "", null).size());
        }
        assertThat(survivors).containsExactly(0, 1);
    }

    @Test
    void sync_that_fails_fails_its_group_and_everything_after() {
        store.failNextSync();
        Future<Void> first = store.write(batchFor(Durability.SYNCED, "a"), Durability.SYNCED);
        assertThatThrownBy(() -> await(first)).isInstanceOf(StoreFailedException.class);
        Future<Void> second = store.write(batchFor(Durability.REPLAYED, "b"), Durability.REPLAYED);
        assertThatThrownBy(() -> await(second)).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(() -> await(store.flush())).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void busy_store_refuses_a_batch_and_leaves_no_trace_of_it() {
        store.setBusyChance(1);
        Future<Void> refused = store.write(batchFor(Durability.SYNCED, "a"), Durability.SYNCED);
        assertThat(refused.cause()).isInstanceOf(StoreBusyException.class);
        store.setBusyChance(0);
        await(store.write(batchFor(Durability.SYNCED, "b"), Durability.SYNCED));
        assertThat(keys(Family.NODE, "", null)).containsExactly("b");
    }

    @Test
    void writes_asked_together_share_a_sync() {
        for (int i = 0; i < 30; i++) {
            store.write(batchFor(Durability.SYNCED, "k" + i), Durability.SYNCED);
        }
        scheduler.runUntilIdle(EVENTS_MAX);
        assertThat(store.syncs()).isBetween(1L, 2L);
    }

    private void startAnew(long seed) {
        scheduler = new SimScheduler(seed);
        loops = new SimLoops(scheduler, 2);
        disk = new SimRecordDisk();
        store = new SimRecordStore(disk, scheduler, loops);
    }
}
