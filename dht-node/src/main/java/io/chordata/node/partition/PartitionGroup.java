package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.move.Committed;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.HardState;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftEventCounter;
import io.chordata.node.partition.raft.RaftGroup;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftOptions;
import io.chordata.node.partition.raft.RaftOutbox;
import io.chordata.node.partition.raft.RaftRole;
import io.chordata.node.partition.raft.RaftStart;
import io.chordata.node.partition.raft.TermRuns;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one partition, as a machine: a method per event, effects through {@link GroupOutbox}, neither clock, thread
 * nor disk of its own. Its loop alone calls it. {@link RaftGroup} decides what is in the log and what is committed; here is
 * what stands around it: commands and queries that wait, within bounds, and the entries' way into the rows.
 *
 * <p>Invariants: {@code applied <= commit <= persisted <= last}. At most one run of entries is being applied, so between two
 * runs the rows are exactly those of {@code applied}.
 *
 * <pre>
 * NEW -> ELECTING <-> FOLLOWING, SERVING -> DRAINING -> STOPPED
 *        ELECTING, FOLLOWING, SERVING <-> LEFT_BEHIND -> DRAINING
 *            any of them -> FAILED
 * </pre>
 *
 * <p>Failure: whatever fails below (a sync, a read, the state machine) ends the machine. Commands in flight may or may
 * not be in the log: their outcome is unknown. Nothing is retried.
 */
final class PartitionGroup {
    /** Who proposed a command to a leader that lost its group waits no longer than this for what became of it. */
    private static final long ABANDON_MILLIS = 10_000;

    private final PartitionId partition;
    private final Member self;
    private final PartitionOptions options;
    /** The highest whose entries can be applied here. */
    private final int levelMax;

    private final GroupOutbox outbox;
    private final QueueBudget commands;
    private final GroupReads reads;
    private final Proposals proposals;
    private final RaftOutbox raftOutbox = new RaftEffects();
    private final Promise<Void> elected = Promise.promise();
    private final Promise<Void> drained = Promise.promise();
    private final StandStill standStill = new StandStill();

    private @Nullable RaftGroup raft;
    private GroupState state = GroupState.NEW;
    private @Nullable Member leader;
    private Configuration configuration;
    private long proposedMillis;
    private boolean flushing;
    private boolean flushAgain;
    private long writesUnderWay;
    /** When a leader last spoke to it, or it began. */
    private long heardMillis;

    private long commit;
    private long applied;
    private AppliedMark appliedMark = AppliedMark.NONE;
    private int appliedLevel;
    private boolean applying;
    private boolean isBeyondLevel;
    private boolean installing;
    /** Followers for whom the state is to be kept, once no entry is being applied. */
    private final Set<Member> snapshotsWanted = new TreeSet<>();
    /** A state to be fetched once no entry is being applied. */
    private @Nullable SnapshotRequest installWanted;

    private @Nullable NodeId installFrom;

    /**
     * @param configuration with which the group begins, or into which this replica comes
     * @param levelMax the highest whose entries can be applied here
     */
    PartitionGroup(
            PartitionId partition,
            Member self,
            Configuration configuration,
            PartitionOptions options,
            int levelMax,
            GroupOutbox outbox) {
        this.partition = partition;
        this.self = self;
        this.configuration = configuration;
        this.options = options;
        this.levelMax = levelMax;
        this.outbox = outbox;
        this.commands = new QueueBudget(options.maxQueuedPerPartition(), options.maxQueuedBytesPerPartition());
        this.reads = new GroupReads(options.maxQueuedPerPartition(), this::refusal, this::completeDrain);
        this.proposals = new Proposals(commands, this::refusal);
    }

    /** The log was read. Completes once it serves. */
    Future<Void> onRecovered(PartitionLog.Recovered recovered, RandomSource random, RaftEventCounter events, Now now) {
        if (state != GroupState.NEW) {
            return elected.future();
        }
        RaftStart start = recovered.start();
        appliedMark = recovered.applied();
        appliedLevel = recovered.appliedLevel();
        applied = start.applied();
        commit = applied;
        state = GroupState.ELECTING;
        RaftOptions raftOptions = RaftOptions.DEFAULT.atLevel(levelMax);
        heardMillis = now.monotonicMillis();
        raft = new RaftGroup(self, partition.number(), start, raftOptions, random, events, raftOutbox, heardMillis);
        if (!raft.isSoleVoter()) {
            elected.complete();
        }
        onTick(now);
        outbox.flushSoon();
        return elected.future();
    }

    /** @param allowed whether its node's clock is near enough to its peers'; one that decides alone has no choice */
    void allowCampaign(boolean allowed) {
        if (raft != null && !state.isOver()) {
            raft.allowCampaign(allowed || raft.isSoleVoter());
        }
    }

    /** Whether {@link #onTick} has anything to do; one of the two at each tick of the clock. */
    boolean isDue(Now now) {
        if (raft == null || state.isOver()) {
            return false;
        }
        return raft.isDue(now.monotonicMillis(), now.wallMillis()) || mayAbandonProposals();
    }

    /** Time went on. */
    void onTick(Now now) {
        if (raft != null && !state.isOver()) {
            if (raft.onTick(now.monotonicMillis(), now.wallMillis())) {
                outbox.flushSoon();
            }
            abandonProposals(now);
        }
    }

    private boolean mayAbandonProposals() {
        return state != GroupState.SERVING && !proposals.isEmpty();
    }

    /** Nobody may ever speak to it again, so that it would never know. */
    private void abandonProposals(Now now) {
        boolean isLate = now.monotonicMillis() - proposedMillis >= ABANDON_MILLIS;
        if (isLate && mayAbandonProposals()) {
            proposals.abandon("it leads no more, and did not hear what became of it");
            completeDrain();
        }
    }

    /** Another replica of the group speaks. */
    void onMessage(RaftMessage message, Now now) {
        if (raft != null && !state.isOver()) {
            raft.onTime(now.monotonicMillis(), now.wallMillis());
            raft.onMessage(message);
            if (message.body().isLeaders()) {
                heardMillis = now.monotonicMillis();
            }
            outbox.flushSoon();
        }
    }

    /** The connection to the node broke. */
    void onPeerLost(NodeId node) {
        tell(machine -> machine.onPeerLost(node));
    }

    void onLoaded(Member follower, long from, List<LogEntry> entries) {
        tell(machine -> machine.onLoaded(follower, from, entries));
    }

    void offerSnapshot(Member follower, AppliedMark mark) {
        tell(machine -> machine.offerSnapshot(follower, mark.index(), mark.term()));
    }

    void onSnapshotOver(Member follower) {
        tell(machine -> machine.onSnapshotOver(follower));
    }

    private void tell(Consumer<RaftGroup> event) {
        if (raft != null && !state.isOver()) {
            event.accept(raft);
            outbox.flushSoon();
        }
    }

    /** The state of the page's mark is in place, and the log before it gone. */
    void onInstalled(SnapshotPage page) {
        installing = false;
        if (raft == null || state.isOver()) {
            completeDrain();
            return;
        }
        AppliedMark mark = page.mark();
        appliedMark = mark;
        appliedLevel = page.level();
        applied = mark.index();
        commit = mark.index();
        raft.onInstalled(new RaftStart(
                HardState.NONE,
                new TermRuns(mark.index(), mark.term()),
                mark.index(),
                List.of(page.configuration()),
                mark.timeMillis(),
                page.level()));
        outbox.flushSoon();
        completeDrain();
    }

    void onInstallFailed() {
        installing = false;
        tell(RaftGroup::onInstallFailed);
        completeDrain();
    }

    /** Completes with the state machine's answer, or fails with {@link PartitionRefusedException}. */
    Future<byte[]> propose(EntryKind kind, byte[] data, Now now) {
        if (raft == null || !serves()) {
            return refusedAsNotServing();
        }
        if (!commands.tryAcquire(data.length)) {
            return refused(Reason.TOO_BUSY, commands.count() + " commands wait");
        }
        raft.onTime(now.monotonicMillis(), now.wallMillis());
        long index = raft.propose(kind, data);
        proposedMillis = now.monotonicMillis();
        Future<byte[]> answer = proposals.add(index, raft.term(), data.length);
        outbox.flushSoon();
        return answer;
    }

    /** Everything up to the write is synced. */
    void onPersisted(long number) {
        writesUnderWay--;
        if (raft != null && !state.isOver()) {
            raft.onPersisted(number);
            flush();
        }
        completeDrain();
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
        outbox.onStandingChanged();
        releaseReads();
        applyMore();
    }

    /** Only between two runs: a query sees the rows of one index. */
    private void releaseReads() {
        if (!applying) {
            reads.release(applied);
        }
    }

    private void applyMore() {
        if (raft == null || applying || installing || state.isOver() || isLeftBehind()) {
            return;
        }
        if (installWanted != null && installFrom != null) {
            installing = true;
            outbox.install(installFrom, installWanted);
            installWanted = null;
            return;
        }
        List<Member> wanted = List.copyOf(snapshotsWanted);
        snapshotsWanted.clear();
        wanted.forEach(outbox::prepareSnapshot);
        if (applied == commit || isBeyondLevel) {
            return;
        }
        applying = true;
        long firstInMemory = raft.firstInMemory();
        if (applied + 1 < firstInMemory) {
            outbox.replay(applied + 1, Math.min(commit, firstInMemory - 1));
        } else {
            applyKnown(raft.entries(applied + 1, commit, options.maxApplyEntries(), options.maxApplyBytes()))
                    .ifPresent(outbox::apply);
        }
    }

    /**
     * The first of these entries whose level is known here, to be applied next; levels never sink. Where there is none, nothing is
     * applied any more until a later version runs: to skip an entry, or to apply it as another version would not, would make
     * these rows differ from all others for ever.
     */
    Optional<List<LogEntry>> applyKnown(List<LogEntry> entries) {
        List<LogEntry> known =
                entries.stream().takeWhile(entry -> entry.level() <= levelMax).toList();
        if (!known.isEmpty() || entries.isEmpty()) {
            return Optional.of(known.size() == entries.size() ? entries : known);
        }
        isBeyondLevel = true;
        applying = false;
        outbox.onUnknownLevel(entries.get(0));
        completeDrain();
        return Optional.empty();
    }

    /** @param outcomes one for each entry, complete once what it drops is gone */
    void onApplied(List<LogEntry> entries, List<Future<byte[]>> outcomes) {
        applying = false;
        if (raft == null || state.isOver()) {
            completeDrain();
            return;
        }
        applied += entries.size();
        LogEntry last = entries.get(entries.size() - 1);
        appliedMark = AppliedMark.of(last);
        appliedLevel = last.level();
        raft.onApplied(applied);
        proposals.onApplied(entries, outcomes, this::completeDrain);
        releaseReads();
        serveIfElected();
        applyMore();
        completeDrain();
    }

    /** A leader serves once it has applied what it found, which it knows by an entry of its own term. */
    private void serveIfElected() {
        if (state == GroupState.ELECTING && raft != null && raft.isCommittedInTerm() && applied == commit) {
            state = GroupState.SERVING;
            proposals.failReplaced();
            elected.tryComplete();
            outbox.onStandingChanged();
        }
    }

    /** Runs the query once every command that was acknowledged before this call is applied. */
    Future<byte[]> read(Supplier<Future<byte[]>> query) {
        if (raft == null || state != GroupState.SERVING || !raft.mayRead()) {
            return refusedAsNotServing();
        }
        return reads.whenConfirmed(raft::joinRead, raft.isSoleVoter() ? this::flush : outbox::flushSoon, query);
    }

    /**
     * Runs the query on the rows as they are, of a replica that holds a whole state of the group: it has come to the entry that
     * added it.
     */
    Future<byte[]> readRows(Supplier<Future<byte[]>> query) {
        boolean whole = appliedMark.index() > 0 && applied >= self.tenure();
        if (raft == null || !state.isRunning() || installing || !whole) {
            return refused(Reason.NOT_SERVING, whole ? "it is " + state.word() : "it has no whole state yet");
        }
        return reads.atOnce(query);
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
        outbox.onStandingChanged();
        return drained.future();
    }

    /** Does nothing more, as another replica takes its place; completes once nothing of it is under way. */
    Future<Void> retire() {
        raft = null;
        standStill.fail(refusal(Reason.NOT_SERVING, "the node was removed from the group"));
        proposals.abandon("the node was removed from the group");
        reads.failAll(refusal(Reason.NOT_LEADER, "the node was removed from the group"));
        return stop();
    }

    private void completeDrain() {
        if (writesUnderWay == 0 && !installing) {
            standStill.come();
        }
        boolean idle = writesUnderWay == 0 && !applying && !installing && proposals.isEmpty() && reads.isEmpty();
        if (state == GroupState.DRAINING && idle) {
            state = GroupState.STOPPED;
            drained.complete();
        }
    }

    /** Something below failed, anywhere on the node ({@code FAILED}) or here alone ({@code BROKEN}). */
    void onFailed(GroupState how, Throwable cause) {
        if (state.isOver()) {
            return;
        }
        state = how;
        standStill.fail(refusal(Reason.NOT_SERVING, "it failed"));
        proposals.abandon("the node failed before it was applied");
        reads.failAll(refusal(Reason.NOT_SERVING, "it failed"));
        elected.tryFail(cause);
        drained.tryComplete();
        outbox.onStandingChanged();
    }

    /** How it stands; null before its log is read or its generation has a configuration, once it failed, or has no place any more. */
    @Nullable
    Standing standing() {
        if (raft == null || state == GroupState.BROKEN || isLeftBehind() || !raft.isCommittedInGeneration()) {
            return null;
        }
        return new Standing(
                partition,
                self,
                configuration,
                configuration.index() <= commit ? configuration : raft.configurationAt(commit),
                raft.persistedIndex(),
                commit,
                leader,
                raft.generation(),
                raft.term(),
                serves());
    }

    /** The newest that is in the log here. */
    Configuration configuration() {
        return configuration;
    }

    @Nullable
    Member leader() {
        return leader;
    }

    /** Whether the rows hold the whole log. */
    boolean isAllApplied() {
        return raft != null && applied == raft.lastIndex();
    }

    /** What the rows hold, or will when the run under way is over. */
    AppliedMark appliedMark() {
        return appliedMark;
    }

    boolean isApplying() {
        return applying;
    }

    /** Whether a snapshot is about to take the place of log and rows. */
    boolean isInstalling() {
        return installing;
    }

    /** Whether its log is read, nobody else has taken its place, and it is not left behind. */
    boolean takesPart() {
        return raft != null && !state.isOver() && !isLeftBehind();
    }

    /** Also while it stops, and once it has failed: a state alone would forget that. */
    private boolean isLeftBehind() {
        return raft != null && raft.promised() > raft.generation();
    }

    /** For how long it has neither led nor heard who does. */
    long silentMillis(Now now) {
        return raft != null && raft.mayRead() ? 0 : now.monotonicMillis() - heardMillis;
    }

    /** What it knows to be decided in its generation; null before it has come to the entry that added it. */
    @Nullable
    Committed decided() {
        RaftGroup group = recovered();
        long index = group.view().commitIndex();
        return index < self.tenure() || !group.isCommittedInGeneration()
                ? null
                : new Committed(group.generation(), group.configurationAt(index), index);
    }

    /** Whether it leads and takes commands. */
    boolean serves() {
        return raft != null && state == GroupState.SERVING && raft.mayPropose();
    }

    /** The behaviour level of what is proposed next. */
    int level() {
        return recovered().level();
    }

    /** Why the configuration cannot be changed so now; null if it can. */
    @Nullable
    String refusal(Change change) {
        return recovered().refusal(change);
    }

    /** @throws IllegalStateException if it is refused */
    void change(Change change) {
        recovered().change(change);
        outbox.flushSoon();
    }

    /**
     * Hands the leadership to another voter, within an election time-out or not at all; meanwhile nothing is taken.
     *
     * @return false if this is not the leader, or that no other voter of the group
     */
    boolean handOver(Member voter) {
        boolean begun = takesPart() && recovered().handOver(voter);
        outbox.flushSoon();
        return begun;
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

    /** What the log begins behind once the entries before the applied one are gone. */
    LogBase baseBeforeApplied(long installGeneration) {
        RaftGroup group = recovered();
        long index = applied - 1;
        AppliedMark mark = new AppliedMark(index, group.termOf(index), appliedMark.timeMillis());
        return new LogBase(mark, group.configurationAt(index), appliedLevel, installGeneration, self.tenure());
    }

    /** What the log says of the rows as they are between two runs. */
    SnapshotSource.State stateOfRows() {
        return new SnapshotSource.State(appliedMark, recovered().configurationAt(applied), appliedLevel);
    }

    /** The machine that decides; what it is told to do is for {@link #flush} to ask. */
    RaftGroup recovered() {
        if (raft == null) {
            throw new IllegalStateException("the log of " + partition + " is not read yet");
        }
        return raft;
    }

    void onTruncated(long index) {
        if (raft != null) {
            raft.onTruncated(index);
        }
    }

    private <T> Future<T> refusedAsNotServing() {
        return state == GroupState.FOLLOWING
                ? refused(Reason.NOT_LEADER, "it follows " + leader)
                : refused(Reason.NOT_SERVING, "it is " + state.word());
    }

    private <T> Future<T> refused(Reason reason, String detail) {
        return Future.failedFuture(refusal(reason, detail));
    }

    private PartitionRefusedException refusal(Reason reason, String detail) {
        return new PartitionRefusedException(partition, reason, detail);
    }

    /** What was taken may yet be in the log that the group goes on from: nobody knows here. */
    private void leaveBehind() {
        elected.tryComplete();
        if (state.isRunning()) {
            state = GroupState.LEFT_BEHIND;
            outbox.onLeftBehind();
        }
        if (installWanted != null) {
            installWanted = null;
            recovered().onInstallFailed();
        }
        proposals.abandon("the group went on without this replica");
        reads.failAll(refusal(Reason.NOT_LEADER, "the group went on without this replica"));
    }

    /** Completes once all that it wants written now is synced, and no state takes the place of what it has. */
    Future<Void> standStill() {
        flush();
        Future<Void> still = standStill.await();
        completeDrain();
        return still;
    }

    boolean givesWayTo(long generation) {
        return raft != null && raft.givesWayTo(generation);
    }

    /** Whether it may act in that generation, as far as is known before its log is read. */
    boolean mayBeOf(long generation) {
        return raft == null || (raft.generation() == generation && raft.promised() == generation);
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
            reads.confirm(round, index);
        }

        @Override
        public void changeRole(RaftRole newRole, long term, @Nullable Member newLeader) {
            leader = newLeader;
            if (newRole != RaftRole.LEADER) {
                reads.failUnconfirmed(refusal(Reason.NOT_LEADER, "it leads no more"));
            }
            if (state == GroupState.SERVING) {
                snapshotsWanted.clear();
                outbox.onLeadershipLost();
            }
            if (newRole == RaftRole.STOPPED) {
                leaveBehind();
            } else if (state.isRunning() || state == GroupState.LEFT_BEHIND) {
                boolean follows = newRole == RaftRole.FOLLOWER && newLeader != null;
                state = follows ? GroupState.FOLLOWING : GroupState.ELECTING;
            }
        }

        @Override
        public void changeConfiguration(Configuration newest) {
            configuration = newest;
        }

        @Override
        public void send(RaftMessage message) {
            outbox.send(message);
        }

        @Override
        public void load(Member follower, long from, long to) {
            outbox.load(follower, from, to);
        }

        @Override
        public void prepareSnapshot(Member follower) {
            snapshotsWanted.add(follower);
        }

        @Override
        public void install(Member leader, long index) {
            installFrom = leader.node();
            installWanted = new SnapshotRequest(recovered().generation(), self, index, new byte[0]);
        }
    }
}
