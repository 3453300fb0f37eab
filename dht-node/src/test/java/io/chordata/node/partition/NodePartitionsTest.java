package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.LedgerMachine.Receipt;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.sim.NoPeers;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodePartitionsTest {
    private static final Partitioning PARTITIONING = new Partitioning(4);
    private static final PartitionId SIXTH = new PartitionId(6);
    private static final PartitionId SEVENTH = new PartitionId(7);
    private static final PartitionOptions OPTIONS =
            new PartitionOptions(100, 4, 250, 6, 400, 8, 1000, 1 << 20, 600_000);

    private final SimScheduler scheduler = new SimScheduler(11);
    private final SimRecordDisk disk = new SimRecordDisk();
    private final SimClock clock = new SimClock(scheduler);
    private final LedgerMachine machine = new LedgerMachine();
    private Room room = Room.ALL;
    private SimLoops loops = new SimLoops(scheduler, 2);
    private SimRecordStore store = new SimRecordStore(disk, scheduler, loops);
    private NodePartitions partitions = booted(OPTIONS);
    private long nextId = 1;

    private NodePartitions booted(PartitionOptions options) {
        return booted(options, machine);
    }

    private NodePartitions booted(PartitionOptions options, StateMachine machine) {
        return booted(options, machine, store);
    }

    private NodePartitions booted(PartitionOptions options, StateMachine machine, RecordStore records) {
        PartitionPorts ports = new PartitionPorts(
                loops,
                clock,
                new SimTimers(scheduler, loops),
                scheduler.random().fork(),
                records,
                new SimDrops(scheduler, loops),
                () -> room);
        return new NodePartitions(
                new NodeId(new Uint128(0, 1)), PARTITIONING, machine, ports, NoPeers.groups(), options);
    }

    private void restart(PartitionOptions options) {
        loops.kill();
        disk.crash(scheduler.random());
        loops = new SimLoops(scheduler, 2);
        store = new SimRecordStore(disk, scheduler, loops);
        partitions = booted(options);
    }

    @Test
    void commands_proposed_at_once_are_applied_in_the_order_proposed() {
        start();
        List<Future<byte[]>> answers = List.of(propose(Op.ADD), propose(Op.ADD), propose(Op.ADD));
        assertThat(answers.stream().map(this::await).map(Receipt::parse).map(Receipt::position))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void start_raises_the_term_and_begins_it_with_an_entry_of_its_own() {
        start();
        assertThat(view(SIXTH).term()).isEqualTo(1);
        assertThat(view(SIXTH).appliedIndex()).isEqualTo(1);
        restart(OPTIONS);
        start();
        assertThat(view(SIXTH).term()).isEqualTo(2);
        assertThat(Receipt.parse(await(propose(Op.ADD)))).isEqualTo(new Receipt(1, 3));
    }

    @Test
    void log_time_does_not_go_back_when_the_clock_does() {
        start();
        await(propose(Op.ADD));
        clock.jump(-3_600_000);
        await(propose(Op.ADD));
        assertThat(machine.given(SIXTH))
                .extracting(StateMachine.Entry::timeMillis)
                .isSorted();
    }

    @Test
    void time_is_not_before_that_of_the_log_even_after_a_restart() {
        start();
        await(propose(Op.ADD));
        clock.jump(-3_600_000);
        assertThat(partitions.timeMillis()).isGreaterThanOrEqualTo(lastLogTime());
        restart(OPTIONS);
        start();
        assertThat(partitions.timeMillis()).isGreaterThanOrEqualTo(lastLogTime());
        clock.jump(7_200_000);
        assertThat(partitions.timeMillis()).isEqualTo(clock.wallMillis());
    }

    private long lastLogTime() {
        return machine.given(SIXTH).get(0).timeMillis();
    }

    @Test
    void partition_before_start_and_after_stop_serves_nobody() {
        assertRefused(propose(Op.ADD), Reason.NOT_SERVING);
        start();
        Future<byte[]> last = propose(Op.ADD);
        scheduler.runUntil(() -> view(SIXTH).queued() > 0, 1000);
        await(partitions.stop());
        assertThat(last.succeeded()).isTrue();
        assertRefused(propose(Op.ADD), Reason.NOT_SERVING);
        assertRefused(partitions.read(SIXTH, LedgerMachine.countQuery()), Reason.NOT_SERVING);
    }

    @Test
    void replica_that_breaks_an_invariant_ends_alone() {
        boolean[] broken = {false};
        partitions = booted(OPTIONS, machine, Intercepted.method(RecordStore.class, store, "write", arguments -> {
            if (broken[0]) {
                throw new IllegalStateException("an invariant is broken");
            }
            return store.write((RecordBatch) arguments[0], (Durability) arguments[1]);
        }));
        start();
        broken[0] = true;
        Future<byte[]> answer = propose(Op.ADD);
        assertRefused(answer, Reason.UNKNOWN);
        broken[0] = false;
        assertRefused(propose(Op.ADD), Reason.NOT_SERVING);
        await(partitions.propose(SEVENTH, LedgerMachine.command(Op.ADD, nextId++, 0)));
        await(partitions.propose(new PartitionId(SIXTH.number() + 2), LedgerMachine.command(Op.ADD, nextId++, 0)));
    }

    @Test
    void command_that_is_none_is_refused_before_it_is_in_the_log() {
        start();
        byte[] garbage = {77, 1, 2, 3, 4, 5, 6, 7, 8};
        assertRefused(partitions.propose(SIXTH, garbage), Reason.UNSUPPORTED);
        room = Room.DELETES;
        assertRefused(partitions.propose(SIXTH, garbage), Reason.UNSUPPORTED);
        room = Room.ALL;
        await(propose(Op.ADD));
        restart(OPTIONS);
        start();
        await(propose(Op.ADD));
    }

    @Test
    void partition_with_too_many_commands_waiting_refuses_the_next() {
        start();
        List<Future<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < OPTIONS.maxQueuedPerPartition() + 1; i++) {
            answers.add(propose(Op.ADD));
        }
        assertRefused(answers.remove(answers.size() - 1), Reason.TOO_BUSY);
        answers.forEach(this::await);
        await(propose(Op.ADD));
    }

    @Test
    void node_with_too_many_bytes_waiting_refuses_the_next() {
        start();
        List<Future<byte[]>> answers = new ArrayList<>();
        for (int p = 0; p < 5; p++) {
            answers.add(partitions.propose(new PartitionId(p), LedgerMachine.command(Op.ADD, nextId++, 80)));
        }
        assertRefused(answers.remove(4), Reason.TOO_BUSY);
        answers.forEach(this::await);
    }

    @Test
    void command_larger_than_allowed_or_empty_is_an_error_of_the_caller() {
        assertThatThrownBy(() -> partitions.propose(SIXTH, new byte[101]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101");
        assertThatThrownBy(() -> partitions.propose(SIXTH, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void full_disk_takes_only_what_frees_space() {
        start();
        room = Room.DELETES;
        assertRefused(propose(Op.ADD), Reason.DISK_FULL);
        await(propose(Op.DROP));
        room = Room.RECORDS;
        await(propose(Op.ADD));
    }

    @Test
    void failed_sync_leaves_what_is_in_flight_unknown_and_refuses_all_that_follows() {
        start();
        store.failNextSync();
        Future<byte[]> inFlight = propose(Op.ADD);
        assertRefused(inFlight, Reason.UNKNOWN);
        scheduler.advance(1_000_000_000);
        assertRefused(propose(Op.ADD), Reason.NOT_SERVING);
        assertRefused(partitions.propose(SEVENTH, LedgerMachine.command(Op.ADD, nextId++, 0)), Reason.NOT_SERVING);
        assertThat(view(SEVENTH).state()).isEqualTo("failed");
    }

    @Test
    void command_that_breaks_the_state_machine_is_unknown_and_ends_the_service() {
        partitions = booted(OPTIONS, Intercepted.method(StateMachine.class, machine, "apply", arguments -> {
            throw new StackOverflowError("as the test wants");
        }));
        start();
        assertRefused(propose(Op.ADD), Reason.UNKNOWN);
        assertRefused(propose(Op.ADD), Reason.NOT_SERVING);
        assertThat(view(SEVENTH).state()).isEqualTo("failed");
    }

    @Test
    void log_with_a_hole_is_refused_while_the_other_partitions_serve() {
        fill();
        await(store.write(new RecordBatch().delete(Family.LOG, PartitionKeys.logEntry(SIXTH, 3)), Durability.SYNCED));
        assertSixthIsRefused();
    }

    @Test
    void log_with_an_entry_that_cannot_be_decoded_is_refused() {
        fill();
        byte[] key = PartitionKeys.logEntry(SIXTH, 4);
        await(store.write(new RecordBatch().put(Family.LOG, key, new byte[] {-1, -1, -1}), Durability.SYNCED));
        assertSixthIsRefused();
    }

    @Test
    void log_of_a_newer_version_is_refused() {
        fill();
        LogEntry entry =
                new LogEntry(7, 1, Long.MAX_VALUE, LogEntry.CURRENT_LEVEL + 1, EntryKind.COMMAND, new byte[] {1});
        byte[] key = PartitionKeys.logEntry(SIXTH, 7);
        await(store.write(new RecordBatch().put(Family.LOG, key, entry.encode()), Durability.SYNCED));
        assertSixthIsRefused();
    }

    @Test
    void log_that_lost_applied_entries_is_refused() {
        fill();
        await(store.flush());
        byte[] from = PartitionKeys.logEntry(SIXTH, 1);
        RecordBatch loss = new RecordBatch().deleteRange(Family.LOG, from, PartitionKeys.logEnd(SIXTH));
        await(store.write(loss, Durability.SYNCED));
        assertSixthIsRefused();
    }

    private void fill() {
        start();
        for (int i = 0; i < 5; i++) {
            await(propose(Op.ADD));
        }
    }

    private void assertSixthIsRefused() {
        restart(OPTIONS);
        start();
        assertThat(view(SIXTH).state()).isEqualTo("failed");
        assertRefused(propose(Op.ADD), Reason.NOT_SERVING);
        await(partitions.propose(SEVENTH, LedgerMachine.command(Op.ADD, nextId++, 0)));
    }

    @Test
    void logs_above_their_bound_are_truncated_and_the_rows_survive() {
        PartitionOptions small = new PartitionOptions(100, 4, 250, 6, 400, 8, 1000, 500, 600_000);
        partitions = booted(small);
        start();
        for (int i = 0; i < 30; i++) {
            await(propose(Op.ADD));
            scheduler.advance(1_000_000_000);
            assertThat(await(partitions.view()).totals().logBytes()).isLessThanOrEqualTo(600);
        }
        restart(small);
        start();
        byte[] count = await(partitions.read(SIXTH, LedgerMachine.countQuery()));
        assertThat(LedgerMachine.number(count)).isEqualTo(30);
    }

    @Test
    void store_that_fails_at_start_fails_the_start() {
        store.failNextSync();
        Future<Void> start = partitions.found().compose(founded -> partitions.start());
        scheduler.runUntil(start::isComplete, 100_000);
        assertThat(start.cause()).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void founding_thatACrashCutsShort_isGoneOnWith() {
        for (int events = 0; events < 60; events += 3) {
            partitions.found();
            for (int i = 0; i < events; i++) {
                scheduler.step();
            }
            restart(OPTIONS);
        }
        start();
        assertThat(await(partitions.view()).totals().serving()).isEqualTo(PARTITIONING.count());
    }

    @Test
    void partition_thatIsGoneAfterTheFounding_isNotFoundedAgain() {
        start();
        await(store.write(
                new RecordBatch().deleteRange(Family.LOG, PartitionKeys.hardState(SIXTH), PartitionKeys.logEnd(SIXTH)),
                Durability.SYNCED));
        restart(OPTIONS);
        start();
        assertThat(partitions.standing(SIXTH)).isNull();
        assertRefused(propose(Op.ADD), Reason.NOT_SERVING);
        assertThat(await(partitions.view()).totals().serving()).isEqualTo(PARTITIONING.count() - 1);
    }

    @Test
    void log_withoutABase_asTheFirstVersionsWroteThem_isKept() {
        start();
        await(propose(Op.ADD));
        await(store.write(
                new RecordBatch()
                        .delete(Family.LOG, PartitionKeys.logBase(SIXTH))
                        .deleteRange(Family.NODE, new byte[0], new byte[] {-1}),
                Durability.SYNCED));
        restart(OPTIONS);
        start();
        byte[] count = await(partitions.read(SIXTH, LedgerMachine.countQuery()));
        assertThat(LedgerMachine.number(count)).isEqualTo(1);
    }

    private void start() {
        await(partitions.found().compose(founded -> partitions.start()));
    }

    private Future<byte[]> propose(Op op) {
        return partitions.propose(SIXTH, LedgerMachine.command(op, nextId++, 0));
    }

    private PartitionsView.PartitionView view(PartitionId partition) {
        return await(partitions.view()).partitions().get(partition.number());
    }

    private void assertRefused(Future<byte[]> outcome, Reason reason) {
        scheduler.runUntil(outcome::isComplete, 100_000);
        assertThat(outcome.cause()).isInstanceOf(PartitionRefusedException.class);
        assertThat(((PartitionRefusedException) outcome.cause()).reason()).isEqualTo(reason);
    }

    private <T> T await(Future<T> future) {
        scheduler.runUntil(future::isComplete, 100_000);
        assertThat(future.cause()).isNull();
        return future.result();
    }
}
