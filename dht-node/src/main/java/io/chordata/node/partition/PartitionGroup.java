package io.chordata.node.partition;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftEventCounter;
import io.chordata.node.partition.raft.RaftGroup;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftOptions;
import io.chordata.node.partition.raft.RaftOutbox;
import io.chordata.node.partition.raft.RaftRole;
import io.chordata.node.partition.raft.RaftStart;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one partition, as a machine: a method per event, effects through {@link Outbox}, neither clock, thread
 * nor disk of its own. Its loop alone calls it. {@link RaftGroup} decides what is in the log and what is committed; here is
 * what stands around it: commands and queries that wait, within bounds, and the entries' way into the rows.
 *
 * <p>Invariants: {@code applied <= commit <= persisted <= last}. At most one run of entries is being applied, so between two
 * runs the rows are exactly those of {@code applied}.
 *
 * <pre>
 * NEW -> ELECTING <-> SERVING -> DRAINING -> STOPPED
 *            any of them -> FAILED
 * </pre>
 *
 * <p>Failure: whatever fails below (a sync, a read, the state machine) ends the machine. Commands in flight may or may
 * not be in the log: their outcome is unknown. Nothing is retried.
 */
final class PartitionGroup {
    private final PartitionId partition;
    private final Member self;
    private final PartitionOptions options;
    private final Outbox outbox;
    private final QueueBudget commands;
    private final QueueBudget reads;
    private final Proposals proposals;
    private final WaitingReads waitingReads = new WaitingReads();
    private final RaftOutbox raftOutbox = new RaftEffects();
    private final Promise<Void> elected = Promise.promise();
    private final Promise<Void> drained = Promise.promise();

    private @Nullable RaftGroup raft;
    private GroupState state = GroupState.NEW;
    private RaftRole role = RaftRole.FOLLOWER;
    private boolean flushing;
    private boolean flushAgain;
    private long writesUnderWay;
    private long commit;
    private long applied;
    private boolean applying;

    /** What the machine wants done. Each call is answered by the event that it names. */
    interface Outbox {
        /** Calls {@link #flush} at the end of this turn of the loop, or at once. */
        void flushSoon();

        /** Makes it durable; later, never before it returns, {@link #onPersisted}. */
        void persist(RaftOutbox.Write write);

        /** Applies the entries; then, perhaps before it returns, {@link #onApplied}. */
        void apply(List<LogEntry> entries);

        /** Loads entries {@code from} to {@code to}, or the first of them, and applies them; then {@link #onApplied}. */
        void replay(long from, long to);
    }

    PartitionGroup(PartitionId partition, Member self, PartitionOptions options, Outbox outbox) {
        this.partition = partition;
        this.self = self;
        this.options = options;
        this.outbox = outbox;
        this.commands = new QueueBudget(options.maxQueuedPerPartition(), options.maxQueuedBytesPerPartition());
        this.reads = new QueueBudget(options.maxQueuedPerPartition(), Long.MAX_VALUE);
        this.proposals = new Proposals(commands, this::refusal);
    }

    /** The log was read. Completes once it serves. */
    Future<Void> onRecovered(RaftStart start, RandomSource random, RaftEventCounter events, Now now) {
        if (state != GroupState.NEW) {
            return elected.future();
        }
        applied = start.applied();
        commit = applied;
        state = GroupState.ELECTING;
        raft = new RaftGroup(self, start, RaftOptions.DEFAULT, random, events, raftOutbox, now.monotonicMillis());
        onTick(now);
        return elected.future();
    }

    /** Time went on. */
    void onTick(Now now) {
        if (raft != null && !state.isOver()) {
            raft.onTick(now.monotonicMillis(), now.wallMillis());
            outbox.flushSoon();
        }
    }

    /** Completes with the state machine's answer, or fails with {@link PartitionRefusedException}. */
    Future<byte[]> propose(byte[] command, Now now) {
        if (raft == null || state != GroupState.SERVING) {
            return refused(Reason.NOT_SERVING, "it is " + state.word());
        }
        if (!commands.tryAcquire(command.length)) {
            return refused(Reason.TOO_BUSY, commands.count() + " commands wait");
        }
        raft.onTime(now.monotonicMillis(), now.wallMillis());
        long index = raft.propose(command);
        Future<byte[]> answer = proposals.add(index, raft.term(), command.length);
        outbox.flushSoon();
        return answer;
    }

    /** Everything up to the write is synced. */
    void onPersisted(long number) {
        writesUnderWay--;
        if (raft != null && !state.isOver()) {
            raft.onPersisted(number);
            flush();
            completeDrain();
        }
    }

    /** Ends a turn: what the events since the last call want done is asked for. */
    void flush() {
        if (raft == null || state.isOver()) {
            return;
        }
        if (flushing) {
            flushAgain = true;
            return;
        }
        flushing = true;
        do {
            flushAgain = false;
            raft.flush();
        } while (flushAgain);
        flushing = false;
        waitingReads.release(applied);
        applyMore();
    }

    private void applyMore() {
        if (raft == null || applying || applied == commit || state.isOver()) {
            return;
        }
        applying = true;
        long firstInMemory = raft.firstInMemory();
        if (applied + 1 < firstInMemory) {
            outbox.replay(applied + 1, Math.min(commit, firstInMemory - 1));
        } else {
            outbox.apply(raft.entries(applied + 1, commit, options.maxApplyEntries(), options.maxApplyBytes()));
        }
    }

    /** @param outcomes one for each entry, complete once what it drops is gone */
    void onApplied(List<LogEntry> entries, List<Future<byte[]>> outcomes) {
        if (raft == null || state.isOver()) {
            return;
        }
        applied += entries.size();
        raft.onApplied(applied);
        applying = false;
        proposals.onApplied(entries, outcomes, this::completeDrain);
        waitingReads.release(applied);
        serveIfElected();
        applyMore();
        completeDrain();
    }

    /** A leader serves once it has applied what it found, which it knows by an entry of its own term. */
    private void serveIfElected() {
        if (state == GroupState.ELECTING && raft != null && raft.isCommittedInTerm() && applied == commit) {
            state = GroupState.SERVING;
            elected.tryComplete();
        }
    }

    /** Runs the query once every command that was acknowledged before this call is applied. */
    Future<byte[]> read(Supplier<Future<byte[]>> query) {
        if (raft == null || state != GroupState.SERVING) {
            return refused(Reason.NOT_SERVING, "it is " + state.word());
        }
        if (!reads.tryAcquire(0)) {
            return refused(Reason.TOO_BUSY, reads.count() + " queries wait");
        }
        Future<Void> ready = waitingReads.add(raft.joinRead());
        if (raft.isSoleVoter()) {
            flush();
        } else {
            outbox.flushSoon();
        }
        return ready.compose(confirmed -> query.get()).onComplete(done -> onReadDone());
    }

    private void onReadDone() {
        reads.release(0);
        completeDrain();
    }

    /** Takes nothing more; completes when all that was taken is answered. */
    Future<Void> stop() {
        elected.tryFail(refusal(Reason.NOT_SERVING, "it was stopped before it served"));
        if (state == GroupState.NEW) {
            state = GroupState.STOPPED;
        }
        if (state.isOver()) {
            drained.tryComplete();
        } else {
            state = GroupState.DRAINING;
            completeDrain();
        }
        return drained.future();
    }

    private void completeDrain() {
        boolean idle = writesUnderWay == 0 && !applying && proposals.isEmpty() && reads.count() == 0;
        if (state == GroupState.DRAINING && idle) {
            state = GroupState.STOPPED;
            drained.complete();
        }
    }

    /** Something below failed, here or anywhere on the node. */
    void onFailed(Throwable cause) {
        if (state.isOver()) {
            return;
        }
        state = GroupState.FAILED;
        proposals.abandon("the node failed before it was applied");
        waitingReads.failAll(refusal(Reason.NOT_SERVING, "it failed"));
        elected.tryFail(cause);
        drained.tryComplete();
    }

    GroupState state() {
        return state;
    }

    long term() {
        return raft == null ? 0 : raft.term();
    }

    long commitIndex() {
        return commit;
    }

    long appliedIndex() {
        return applied;
    }

    QueueBudget commands() {
        return commands;
    }

    /** Where the log begins once the entries before {@code index} are gone. */
    LogBase baseBefore(long index, long installGeneration) {
        if (raft == null) {
            throw new IllegalStateException("the log is not read yet");
        }
        return new LogBase(index - 1, raft.termOf(index - 1), raft.configurationAt(index - 1), installGeneration);
    }

    void onTruncated(long index) {
        if (raft != null) {
            raft.onTruncated(index);
        }
    }

    private <T> Future<T> refused(Reason reason, String detail) {
        return Future.failedFuture(refusal(reason, detail));
    }

    private PartitionRefusedException refusal(Reason reason, String detail) {
        return new PartitionRefusedException(partition, reason, detail);
    }

    /** What {@link RaftGroup} wants done; notes down what must not happen before its flush is over. */
    private final class RaftEffects implements RaftOutbox {
        @Override
        public void persist(Write write) {
            writesUnderWay++;
            outbox.persist(write);
        }

        @Override
        public void commit(long index) {
            commit = index;
        }

        @Override
        public void confirmReads(long round, long index) {
            waitingReads.confirm(round, index);
        }

        @Override
        public void changeRole(RaftRole newRole, long term, @Nullable Member leader) {
            role = newRole;
            if (state == GroupState.SERVING && role != RaftRole.LEADER) {
                state = GroupState.ELECTING;
                waitingReads.failUnconfirmed(refusal(Reason.NOT_LEADER, "it leads no more"));
            }
        }

        @Override
        public void changeConfiguration(Configuration configuration) {}

        @Override
        public void send(RaftMessage message) {
            throw groupOfOne();
        }

        @Override
        public void load(Member follower, long from, long to) {
            throw groupOfOne();
        }

        @Override
        public void prepareSnapshot(Member follower) {
            throw groupOfOne();
        }

        @Override
        public void install(Member leader, long index) {
            throw groupOfOne();
        }

        private IllegalStateException groupOfOne() {
            return new IllegalStateException(partition + " has one member, there is nobody to speak to");
        }
    }
}
