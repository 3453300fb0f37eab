package io.chordata.node.partition;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.ColdReadException;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.RecordStore.Snapshot;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.partition.EntryApplier.AppliedRun;
import io.chordata.node.partition.EntryApplier.Outcome;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftOutbox.Write;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's {@link PartitionGroup} with its stores: carries out what the machine wants done and brings the outcome
 * back to it. Belongs to the partition's loop.
 *
 * <p>Entries and queries are first tried on the loop, reading only what is in memory. A read that finds it is not
 * there, and every scan, moves the whole run to a worker. While a run of entries is there, the next one waits, so its
 * reads see the rows of one index. A query there reads a snapshot instead, so that a long listing holds up nobody. A query
 * on the loop needs none: {@link PartitionGroup#read} lets it through only while no run of entries is under way.
 */
final class PartitionReplica implements GroupOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionReplica.class);
    private static final long BUSY_RETRY_MILLIS = 5;

    private final PartitionId partition;
    private final Member self;
    private final Configuration founding;
    private final ReplicaEnvironment environment;
    private final PartitionPorts ports;
    private final PartitionOptions options;
    private final Loop loop;
    private final EntryApplier applier;
    private final PartitionGroup group;
    private final LogWrites logWrites;
    private final ReplicaSnapshots snapshots;
    private final DropGate drops;
    private final Freshness freshness = new Freshness();

    private volatile @Nullable Standing standing;
    private boolean flushAsked;
    private volatile long logTimeMillis;
    private boolean inRun;
    private long firstIndex = 1;
    private long appendedBytes;
    private long appliedBytes;
    private long truncatedBytes;
    private long workerRuns;
    private long workerQueries;

    /**
     * Where the log could begin once the rows are flushed.
     *
     * @param base what it would begin behind
     * @param bytes appended up to the entry behind it, ever
     */
    record TruncationMark(PartitionReplica replica, LogBase base, long bytes) {}

    /** @param founding with which the group began, or into which this replica comes */
    PartitionReplica(PartitionId partition, Member self, Configuration founding, ReplicaEnvironment environment) {
        this.partition = partition;
        this.self = self;
        this.founding = founding;
        this.environment = environment;
        this.ports = environment.ports();
        this.options = environment.options();
        this.loop = ports.loops().ownerOf(partition);
        this.applier = new EntryApplier(partition, environment.machine(), environment.requests());
        this.group = new PartitionGroup(
                partition, self, founding, options, environment.machine().level(), this);
        this.logWrites = new LogWrites(partition, environment, number -> guarded(() -> group.onPersisted(number)));
        this.snapshots = new ReplicaSnapshots(partition, self, environment, loop, group);
        this.drops = new DropGate(partition, environment.machine(), ports.records(), loop, snapshots::generation);
    }

    Member self() {
        return self;
    }

    /** Which install of the applied rows is live. */
    long installGeneration() {
        return snapshots.generation();
    }

    PartitionGroup group() {
        return group;
    }

    PartitionId partition() {
        return partition;
    }

    Loop loop() {
        return loop;
    }

    /** Null before its log is read, and once another has taken its place. From any thread. */
    @Nullable
    Standing standing() {
        return standing;
    }

    @Override
    public void onStandingChanged() {
        standing = group.standing();
    }

    /** Whether it leads a group in which there is nobody else, so that time means nothing to it. */
    boolean isAlone() {
        if (!self.equals(group.leader())) {
            return false;
        }
        List<Member> voters = group.configuration().voters();
        return voters.size() == 1
                && voters.get(0).equals(self)
                && group.configuration().learners().isEmpty()
                && !group.configuration().isJoint();
    }

    /** Of the newest entry, synced or not. From any thread. */
    long logTimeMillis() {
        return logTimeMillis;
    }

    /** Reads the log and replays it; completes when the partition serves. A rotten log is this partition's end only. */
    Future<Void> start() {
        return loop.executeBlocking(() -> PartitionLog.recover(
                        ports.records(),
                        partition,
                        founding,
                        environment.machine().level()))
                .onFailure(cause -> group.onFailed(GroupState.FAILED, cause))
                .compose(this::onRecovered);
    }

    private Future<Void> onRecovered(PartitionLog.Recovered recovered) {
        snapshots.onRecovered(recovered.base().installGeneration());
        onStamped(recovered.start().lastTimeMillis());
        firstIndex = recovered.firstIndex();
        appendedBytes = recovered.bytes();
        appliedBytes = recovered.appliedBytes();
        environment.logSize().add(appendedBytes);
        return group.onRecovered(recovered, ports.random(), environment.raftEvents(), now());
    }

    private void onStamped(long timeMillis) {
        logTimeMillis = timeMillis;
        environment.logTime().onStamped(timeMillis);
    }

    private void retryLater(Runnable attempt) {
        ports.timers().once(BUSY_RETRY_MILLIS, attempt);
    }

    /** A command that may be repeated. */
    Future<byte[]> propose(byte[] command) {
        return propose(EntryKind.COMMAND, command, command);
    }

    Future<byte[]> propose(Request request) {
        return propose(EntryKind.REQUEST, request.encode(), request.command());
    }

    private Future<byte[]> propose(EntryKind kind, byte[] data, byte[] command) {
        if (!group.serves()) {
            return group.propose(kind, data, now());
        }
        if (!environment.machine().isKnown(command, group.level())) {
            return refused(Reason.UNSUPPORTED, "no command that is known at level " + group.level());
        }
        if (ports.space().room() == Room.DELETES && !environment.machine().freesSpace(command)) {
            return refused(Reason.DISK_FULL, "the disk is nearly full, only deletes are taken");
        }
        if (environment.logSize().isOver()) {
            return refused(Reason.TOO_BUSY, "the logs are waiting to be truncated");
        }
        if (logWrites.isBehind()) {
            return refused(Reason.TOO_BUSY, "the disk is behind");
        }
        return group.propose(kind, data, now());
    }

    private <T> Future<T> refused(Reason reason, String detail) {
        return Future.failedFuture(new PartitionRefusedException(partition, reason, detail));
    }

    Future<byte[]> read(byte[] query) {
        return group.read(() -> answer(query)).onFailure(this::onQueryFailed);
    }

    /** From the rows as they are between two runs. */
    Future<EventualAnswer> readEventually(byte[] query) {
        long ageMillis = freshness.ageMillis(now(), group.appliedMark());
        return group.readRows(() -> group.isApplying()
                        ? answerOnWorker(query, ports.records().snapshot())
                        : answer(query))
                .onFailure(this::onQueryFailed)
                .map(answer -> new EventualAnswer(answer, ageMillis));
    }

    /** The index (8 bytes) that it has applied once a majority has confirmed that it leads. */
    Future<byte[]> confirm() {
        return group.read(() -> Future.succeededFuture(
                ByteBuffer.allocate(Long.BYTES).putLong(group.appliedIndex()).array()));
    }

    @Nullable
    Long beginConfirmation() {
        Now now = now();
        return freshness.begin(now) ? now.monotonicMillis() : null;
    }

    void onConfirmed(long askedMillis, long index) {
        freshness.onConfirmed(askedMillis, index, group.appliedIndex());
    }

    Future<Void> stop() {
        return group.stop();
    }

    /** Whatever was taken and is not answered by now is left open. */
    void abandon() {
        onNodeFailed(new PartitionRefusedException(partition, Reason.NOT_SERVING, "the node stopped"));
    }

    void onNodeFailed(Throwable cause) {
        group.onFailed(GroupState.FAILED, cause);
    }

    void onBroken(Throwable cause) {
        group.onFailed(GroupState.BROKEN, cause);
    }

    /** One turn's commands are one write. */
    @Override
    public void flushSoon() {
        if (!flushAsked) {
            flushAsked = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        flushAsked = false;
        guarded(group::flush);
    }

    /** A broken invariant is the end of this replica, not of those whose turn comes after it. */
    private void guarded(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.error("event=partition-failed partition={}", partition, e);
            onBroken(e);
        }
    }

    @Override
    public void persist(Write write) {
        for (LogEntry entry : write.entries()) {
            onStamped(entry.timeMillis());
            appendedBytes += PartitionLog.sizeOf(entry);
            environment.logSize().add(PartitionLog.sizeOf(entry));
        }
        logWrites.add(write);
    }

    private static boolean isBusy(Future<Void> write) {
        return write.failed() && write.cause() instanceof StoreBusyException;
    }

    /** A run that follows at once on another gives way to the other tasks of the loop first. */
    @Override
    public void apply(List<LogEntry> entries) {
        if (inRun) {
            loop.execute(() -> apply(entries));
            return;
        }
        inRun = true;
        applyFromMemory(entries);
        inRun = false;
    }

    private void applyFromMemory(List<LogEntry> entries) {
        AppliedRun run;
        try {
            run = applier.apply(entries, snapshots.generation(), ports.records(), ReadTier.MEMORY);
        } catch (ColdReadException e) {
            applyOnWorker(entries);
            return;
        } catch (RuntimeException | Error e) {
            environment.failNode().accept(e);
            return;
        }
        writeRows(entries, run);
    }

    private void applyOnWorker(List<LogEntry> entries) {
        workerRuns++;
        loop.executeBlocking(() -> applier.apply(entries, snapshots.generation(), ports.records(), ReadTier.DISK))
                .onSuccess(run -> writeRows(entries, run))
                .onFailure(environment.failNode()::accept);
    }

    @Override
    public void replay(long from, long to) {
        loop.executeBlocking(() -> PartitionLog.load(
                        ports.records(), partition, from, to, options.maxApplyEntries(), options.maxApplyBytes()))
                .onSuccess(entries -> group.applyKnown(entries).ifPresent(this::applyOnWorker))
                .onFailure(environment.failNode()::accept);
    }

    @Override
    public void onUnknownLevel(LogEntry entry) {
        LOG.warn(
                "event=level_unknown partition={} index={} level={} known={}",
                partition,
                entry.index(),
                entry.level(),
                environment.machine().level());
    }

    @Override
    public void send(RaftMessage message) {
        environment.links().send(partition, message);
    }

    @Override
    public void load(Member follower, long from, long to) {
        loop.executeBlocking(() -> PartitionLog.load(
                        ports.records(), partition, from, to, options.maxApplyEntries(), options.maxApplyBytes()))
                .otherwise(List.of())
                .onSuccess(entries -> group.onLoaded(follower, from, entries));
    }

    @Override
    public void prepareSnapshot(Member follower) {
        snapshots.prepare(follower, now());
    }

    /** A page for a follower that was offered the state, in the same history. */
    Future<SnapshotPage> page(SnapshotRequest request) {
        if (!group.mayBeOf(request.generation())) {
            return refused(Reason.NOT_SERVING, "it is not of generation " + Long.toHexString(request.generation()));
        }
        return snapshots.page(request, now());
    }

    @Override
    public void onLeftBehind() {
        LOG.warn(
                "event=replica_left_behind partition={} self={} generation={} index={}",
                partition,
                self,
                Long.toHexString(group.recovered().generation()),
                group.appliedIndex());
        snapshots.dropAll();
    }

    @Override
    public void onLeadershipLost() {
        snapshots.dropAll();
    }

    @Override
    public void install(NodeId leader, SnapshotRequest request) {
        snapshots.install(leader, request).onSuccess(this::onInstalled);
    }

    private void onInstalled(SnapshotPage page) {
        firstIndex = page.mark().index() + 1;
        onStamped(Math.max(logTimeMillis, page.mark().timeMillis()));
        forgetLogSize();
        group.onInstalled(page);
    }

    /** Its node was added to the group anew: it does nothing more. Completes once nothing of it is under way. */
    Future<Void> retire() {
        snapshots.dropAll();
        forgetLogSize();
        return group.retire();
    }

    /** Nothing of what was appended is there any more, or will be soon. */
    private void forgetLogSize() {
        environment.logSize().add(truncatedBytes - appendedBytes);
        truncatedBytes = appendedBytes;
        appliedBytes = appendedBytes;
    }

    void onMessage(RaftMessage message) {
        group.allowCampaign(environment.links().mayStampTime());
        group.onMessage(message, now());
    }

    void onPeerLost(NodeId node) {
        group.onPeerLost(node);
    }

    /** Mostly that time went on means nothing to it, which costs a few comparisons. */
    void onTick(Now now) {
        guarded(() -> {
            if (group.isDue(now)) {
                group.allowCampaign(environment.links().mayStampTime());
                group.onTick(now);
            }
            snapshots.onTick(now);
        });
    }

    /** For how long it has neither led nor heard who does. */
    long silentMillis() {
        return group.silentMillis(now());
    }

    private Now now() {
        return Now.of(ports.clock());
    }

    /** For a write of a block of the body, which must begin before the supplier returns. */
    <T> Future<T> unlessDropped(BodyId body, Supplier<Future<T>> write) {
        return drops.unlessDropped(body, write);
    }

    /** Whether the body was dropped, as far as entries are applied here. */
    Future<Boolean> isDropped(BodyId body) {
        return drops.isDropped(body);
    }

    private void writeRows(List<LogEntry> entries, AppliedRun run) {
        drops.onChange();
        Future<Void> written = ports.records().write(run.batch(), Durability.REPLAYED);
        if (isBusy(written)) {
            retryLater(() -> writeRows(entries, run));
            return;
        }
        written.onSuccess(done -> onRowsWritten(entries, run.outcomes())).onFailure(environment.failNode()::accept);
    }

    private void onRowsWritten(List<LogEntry> entries, List<Outcome> outcomes) {
        appliedBytes += entries.stream().mapToLong(PartitionLog::sizeOf).sum();
        group.onApplied(entries, outcomes.stream().map(this::settle).toList());
        if (group.isAllApplied()) {
            // Entries that another leader's replaced were counted as appended, and will never be applied.
            appliedBytes = appendedBytes;
        }
    }

    /** The answer, once what the entry dropped will not come back. */
    private Future<byte[]> settle(Outcome outcome) {
        if (outcome.refusal() != null) {
            return refused(outcome.refusal(), "it was refused by the log time or the bound of its entry");
        }
        if (outcome.drops().isEmpty()) {
            return Future.succeededFuture(outcome.answer());
        }
        List<Future<Void>> drops = outcome.drops().stream().map(this::drop).toList();
        return Future.all(drops).map(outcome.answer()).onFailure(environment.failNode()::accept);
    }

    /** The entry is applied: the drop has to happen, however busy the store is. */
    private Future<Void> drop(BodyId body) {
        return ports.blocks()
                .drop(partition, body)
                .recover(cause -> cause instanceof StoreBusyException ? dropLater(body) : Future.failedFuture(cause));
    }

    private Future<Void> dropLater(BodyId body) {
        Promise<Void> dropped = Promise.promise();
        retryLater(() -> drop(body).onSuccess(dropped::complete).onFailure(dropped::fail));
        return dropped.future();
    }

    private Future<byte[]> answer(byte[] query) {
        byte[] answer = answerFromMemory(query);
        return answer != null
                ? Future.succeededFuture(answer)
                : answerOnWorker(query, ports.records().snapshot());
    }

    private byte @Nullable [] answerFromMemory(byte[] query) {
        try {
            return applier.query(query, snapshots.generation(), ports.records(), ReadTier.MEMORY);
        } catch (ColdReadException e) {
            return null;
        }
    }

    private Future<byte[]> answerOnWorker(byte[] query, Snapshot snapshot) {
        workerQueries++;
        return loop.executeBlocking(() -> applier.query(query, snapshots.generation(), snapshot, ReadTier.DISK))
                .onComplete(done -> snapshot.close());
    }

    private void onQueryFailed(Throwable cause) {
        if (cause instanceof StoreFailedException) {
            environment.failNode().accept(cause);
        }
    }

    @Nullable
    TruncationMark truncationMark() {
        boolean anythingToCut = group.takesPart() && group.appliedIndex() > firstIndex;
        return anythingToCut
                ? new TruncationMark(this, group.baseBeforeApplied(snapshots.generation()), appliedBytes)
                : null;
    }

    /**
     * The rows up to the mark are flushed. Nothing is cut where a snapshot took the place of the log since the mark was made,
     * or is about to: the mark says what the log before begins behind. What finds the store busy is made up for by the next
     * mark.
     */
    Future<Void> truncate(TruncationMark mark) {
        boolean isOfThisLog = mark.base().installGeneration() == snapshots.generation() && !group.isInstalling();
        if (group.state().isOver() || !isOfThisLog) {
            return Future.succeededFuture();
        }
        RecordBatch batch = new RecordBatch();
        PartitionLog.truncate(batch, partition, mark.base());
        Future<Void> written = ports.records().write(batch, Durability.ORDERED);
        return isBusy(written) ? Future.succeededFuture() : written.onSuccess(done -> onTruncated(mark));
    }

    private void onTruncated(TruncationMark mark) {
        if (mark.base().installGeneration() != snapshots.generation()) {
            return;
        }
        firstIndex = mark.base().index() + 1;
        group.onTruncated(firstIndex);
        environment.logSize().add(truncatedBytes - mark.bytes());
        truncatedBytes = mark.bytes();
    }

    PartitionsView.PartitionView view() {
        Standing known = group.standing();
        return new PartitionsView.PartitionView(
                partition,
                group.state().word(),
                group.term(),
                group.commitIndex(),
                group.appliedIndex(),
                group.commands().count(),
                group.commands().bytes(),
                appendedBytes - truncatedBytes,
                workerRuns,
                workerQueries,
                group.configuration(),
                known == null ? group.configuration() : known.committed());
    }
}
