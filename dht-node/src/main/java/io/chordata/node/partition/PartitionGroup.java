package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.LogEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one partition, as a machine: a method per event, effects through {@link Outbox}, neither clock, thread
 * nor disk of its own. Its loop alone calls it.
 *
 * <p>This is the group of a single member. It goes through the steps of Raft (Ongaro and Ousterhout 2014, figure 2)
 * wherever one member takes them: each start is an election, so the term rises and begins with an empty entry; an entry
 * commits when a majority, here of one, has synced it; what an earlier term left commits only together with that empty
 * entry (section 5.4.2); a read waits for what was committed when it came (section 6.4 of Ongaro's thesis).
 *
 * <p>Invariants: {@code applied <= commit <= persisted <= last}. Entries are appended without waiting for earlier ones
 * to be synced. {@link #tail} holds what came since the start and is not yet applied; entries between
 * {@code applied} and its first, left by an earlier run, are loaded piece by piece. At most one run of entries is being
 * applied, so between two runs the rows are exactly those of {@code applied}.
 *
 * <pre>
 * NEW -> ELECTING -> SERVING -> DRAINING -> STOPPED
 *            any of them -> FAILED
 * </pre>
 *
 * <p>Failure: whatever fails below (a sync, a read, the state machine) ends the machine. Commands in flight may or may
 * not be in the log: their outcome is unknown. Nothing is retried.
 */
final class PartitionGroup {
    private final PartitionId partition;
    private final NodeId self;
    private final PartitionOptions options;
    private final Outbox outbox;
    private final QueueBudget commands;
    private final QueueBudget reads;

    /** Appended since the start and not yet applied, in order. */
    private final ArrayDeque<Pending> tail = new ArrayDeque<>();
    /** Applied, but what they drop is still being dropped. */
    private final Set<Pending> dropping = new LinkedHashSet<>();
    /** In order of their index. */
    private final Queue<WaitingRead> waitingReads = new ArrayDeque<>();

    private final Promise<Void> elected = Promise.promise();
    private final Promise<Void> drained = Promise.promise();
    private GroupState state = GroupState.NEW;
    private HardState hardState = HardState.NONE;
    private long last;
    private long lastTimeMillis;
    private long firstOfTerm;
    private long persisted;
    private long commit;
    private long applied;
    private boolean applying;

    /** What the machine wants done. Each call is answered by the event that it names. */
    interface Outbox {
        /**
         * Syncs the entry, with the hard state if given; later, never before it returns, {@link #onPersisted}.
         *
         * @return false if there is no room for it now: nothing was done, nothing follows
         */
        boolean append(LogEntry entry, @Nullable HardState hardState);

        /** Applies the entries; then, perhaps before it returns, {@link #onApplied}. */
        void apply(List<LogEntry> entries);

        /** Loads entries {@code from} to {@code to}, or the first of them, and applies them; then {@link #onApplied}. */
        void replay(long from, long to);
    }

    /** An entry whose proposer waits; nobody waits for the one that begins a term. */
    private record Pending(LogEntry entry, @Nullable Promise<byte[]> answer) {}

    private record WaitingRead(long index, Promise<Void> ready) {}

    PartitionGroup(PartitionId partition, NodeId self, PartitionOptions options, Outbox outbox) {
        this.partition = partition;
        this.self = self;
        this.options = options;
        this.outbox = outbox;
        this.commands = new QueueBudget(options.maxQueuedPerPartition(), options.maxQueuedBytesPerPartition());
        this.reads = new QueueBudget(options.maxQueuedPerPartition(), Long.MAX_VALUE);
    }

    /** The log was read; {@link #onElection} follows. Completes once it serves. */
    Future<Void> onRecovered(PartitionLog.Recovered recovered) {
        if (state != GroupState.NEW) {
            return elected.future();
        }
        hardState = recovered.hardState().elect(self);
        last = recovered.last().index();
        lastTimeMillis = recovered.last().timeMillis();
        persisted = last;
        applied = recovered.applied().index();
        commit = applied;
        firstOfTerm = last + 1;
        state = GroupState.ELECTING;
        return elected.future();
    }

    /**
     * Begins the term.
     *
     * @return false if there was no room for its first entry: to be called again
     */
    boolean onElection(long nowMillis) {
        return state.isOver() || append(new byte[0], null, nowMillis, hardState);
    }

    /** Completes with the state machine's answer, or fails with {@link PartitionRefusedException}. */
    Future<byte[]> propose(byte[] command, long nowMillis) {
        if (state != GroupState.SERVING) {
            return refused(Reason.NOT_SERVING, "it is " + state.word());
        }
        if (!commands.tryAcquire(command.length)) {
            return refused(Reason.TOO_BUSY, commands.count() + " commands wait");
        }
        Promise<byte[]> answer = Promise.promise();
        if (!append(command, answer, nowMillis, null)) {
            commands.release(command.length);
            return refused(Reason.TOO_BUSY, "the disk is behind");
        }
        return answer.future();
    }

    private boolean append(
            byte[] command, @Nullable Promise<byte[]> answer, long nowMillis, @Nullable HardState changed) {
        long timeMillis = Math.max(lastTimeMillis, nowMillis);
        LogEntry entry = new LogEntry(
                last + 1,
                hardState.term(),
                timeMillis,
                LogEntry.CURRENT_LEVEL,
                command.length == 0
                        ? io.chordata.node.partition.raft.EntryKind.EMPTY
                        : io.chordata.node.partition.raft.EntryKind.COMMAND,
                command);
        if (!outbox.append(entry, changed)) {
            return false;
        }
        last = entry.index();
        lastTimeMillis = timeMillis;
        tail.add(new Pending(entry, answer));
        return true;
    }

    /** Everything up to the entry is synced. */
    void onPersisted(long index) {
        persisted = Math.max(persisted, index);
        if (persisted >= firstOfTerm) {
            commit = persisted;
        }
        applyMore();
    }

    private void applyMore() {
        if (applying || applied == commit || state.isOver()) {
            return;
        }
        applying = true;
        long firstInMemory = tail.isEmpty() ? last + 1 : tail.element().entry().index();
        if (applied + 1 < firstInMemory) {
            outbox.replay(applied + 1, Math.min(commit, firstInMemory - 1));
        } else {
            outbox.apply(nextRun());
        }
    }

    private List<LogEntry> nextRun() {
        List<LogEntry> run = new ArrayList<>();
        long bytes = 0;
        Iterator<Pending> pending = tail.iterator();
        while (pending.hasNext() && run.size() < options.maxApplyEntries() && bytes < options.maxApplyBytes()) {
            LogEntry entry = pending.next().entry();
            if (entry.index() > commit) {
                break;
            }
            run.add(entry);
            bytes += entry.data().length;
        }
        return run;
    }

    /** @param outcomes of the entries after the applied one, each complete once what it drops is gone */
    void onApplied(List<Future<byte[]>> outcomes) {
        if (state.isOver()) {
            return;
        }
        List<Pending> answered = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            applied++;
            if (!tail.isEmpty() && tail.element().entry().index() == applied) {
                answered.add(tail.remove());
            }
        }
        applying = false;
        int replayed = outcomes.size() - answered.size();
        for (int i = 0; i < answered.size(); i++) {
            answer(answered.get(i), outcomes.get(replayed + i));
        }
        releaseReads();
        if (state == GroupState.ELECTING && applied >= firstOfTerm) {
            state = GroupState.SERVING;
            elected.complete();
        }
        applyMore();
        completeDrain();
    }

    private void answer(Pending pending, Future<byte[]> outcome) {
        Promise<byte[]> answer = pending.answer();
        if (answer == null) {
            return;
        }
        dropping.add(pending);
        outcome.onSuccess(result -> onOutcome(pending, answer, result));
    }

    private void onOutcome(Pending pending, Promise<byte[]> answer, byte[] result) {
        if (dropping.remove(pending)) {
            commands.release(pending.entry().data().length);
            answer.complete(result);
            completeDrain();
        }
    }

    /** Runs the query once every command that was acknowledged before this call is applied. */
    Future<byte[]> read(Supplier<Future<byte[]>> query) {
        if (state != GroupState.SERVING) {
            return refused(Reason.NOT_SERVING, "it is " + state.word());
        }
        if (!reads.tryAcquire(0)) {
            return refused(Reason.TOO_BUSY, reads.count() + " queries wait");
        }
        return commitApplied().compose(ready -> query.get()).onComplete(done -> onReadDone());
    }

    private Future<Void> commitApplied() {
        if (applied >= commit) {
            return Future.succeededFuture();
        }
        Promise<Void> ready = Promise.promise();
        waitingReads.add(new WaitingRead(commit, ready));
        return ready.future();
    }

    private void releaseReads() {
        while (!waitingReads.isEmpty() && waitingReads.element().index() <= applied) {
            waitingReads.remove().ready().complete();
        }
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
        boolean idle = applied == last && dropping.isEmpty() && reads.count() == 0;
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
        List<Pending> unknown = new ArrayList<>(dropping);
        unknown.addAll(tail);
        dropping.clear();
        tail.clear();
        unknown.forEach(this::failUnknown);
        List<WaitingRead> unread = new ArrayList<>(waitingReads);
        waitingReads.clear();
        unread.forEach(read -> read.ready().fail(refusal(Reason.NOT_SERVING, "it failed")));
        elected.tryFail(cause);
        drained.tryComplete();
    }

    private void failUnknown(Pending pending) {
        Promise<byte[]> answer = pending.answer();
        if (answer != null) {
            commands.release(pending.entry().data().length);
            answer.fail(refusal(Reason.UNKNOWN, "the node failed before it was applied"));
        }
    }

    GroupState state() {
        return state;
    }

    long term() {
        return hardState.term();
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

    private <T> Future<T> refused(Reason reason, String detail) {
        return Future.failedFuture(refusal(reason, detail));
    }

    private PartitionRefusedException refusal(Reason reason, String detail) {
        return new PartitionRefusedException(partition, reason, detail);
    }
}
