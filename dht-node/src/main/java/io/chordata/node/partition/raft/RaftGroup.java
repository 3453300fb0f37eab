package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import io.chordata.node.partition.raft.RaftMessage.Visitor;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one partition's consensus group: Raft as a machine. Events come in by the methods named {@code on…} and by
 * what is proposed; what they want done gathers until {@link #flush}, which the owner calls at the end of each turn of its
 * loop. So all that a turn proposed is one write and one message to each follower.
 *
 * <p>Beyond the Raft paper it has, from Ongaro's thesis: pre-votes (9.6), leaders that step down when they hear no majority
 * (6.2), reads by rounds of confirmation (6.4), hand-over (3.10), pipelining (10.2.1) and the leader's own write beside the
 * followers' (10.2.2). Of our own: members are known by node and tenure ({@link Member}); a replica whose connection to the
 * leader breaks campaigns soon; levels of behaviour, raised by an entry once all members can follow; log time.
 *
 * <p>Invariants, over all replicas of a group: at most one leader in a term; entries of equal index and term are the same, as
 * are all before them; a committed entry is in the log of every later leader; no two configurations have one index; of two
 * configurations that follow on each other, each majority meets each of the other.
 *
 * <p>A restart is the constructor: with what was synced, and nothing else. Whatever must be known after it was in a
 * {@link RaftOutbox.Write} that was synced before anybody heard of it.
 */
public final class RaftGroup {
    private final RaftState state;
    private final RaftOutbox outbox;
    private final Elections elections;
    private final Following following;
    private final Visitor visitor = new Messages();
    private @Nullable Leadership leadership;
    private long committed;
    private long tickedMillis;

    /** @param number the group's: by it, another survivor of a leader is the first to campaign in each */
    public RaftGroup(
            Member self,
            int number,
            RaftStart start,
            RaftOptions options,
            RandomSource random,
            RaftEventCounter events,
            RaftOutbox outbox,
            long nowMillis) {
        this(new RaftState(self, number, start, options, RaftRules.RAFT, random, events, nowMillis), outbox);
    }

    RaftGroup(RaftState state, RaftOutbox outbox) {
        this.state = state;
        this.outbox = outbox;
        this.elections = new Elections(state);
        this.following = new Following(state);
        this.committed = state.log.commit();
        this.tickedMillis = state.nowMillis;
    }

    /**
     * Time went on.
     *
     * @param nowMillis of a clock that only goes forward
     * @param wallMillis since 1970, by this node's clock
     * @return whether that changed anything, so that there is something to flush
     */
    public boolean onTick(long nowMillis, long wallMillis) {
        boolean paused = isPause(nowMillis);
        tickedMillis = nowMillis;
        onTime(nowMillis, wallMillis);
        if (state.role() == RaftRole.STOPPED) {
            return false;
        }
        if (paused) {
            forgivePause();
        }
        if (leadership != null) {
            continueIf(leadership.onTick());
            return leadership == null || leadership.isHeartbeatWanted();
        }
        if (state.isElectionDue()) {
            elections.preCampaign();
            return true;
        }
        return false;
    }

    /**
     * Whether {@link #onTick} has anything to do. One of the two is to be called at each tick of the clock: by a longer time
     * between them a pause of this process is known.
     */
    public boolean isDue(long nowMillis, long wallMillis) {
        onTime(nowMillis, wallMillis);
        if (isPause(nowMillis)) {
            return true;
        }
        tickedMillis = nowMillis;
        if (state.role() == RaftRole.STOPPED) {
            return false;
        }
        return leadership != null ? leadership.isDue() : state.isElectionDue();
    }

    private boolean isPause(long nowMillis) {
        return nowMillis - tickedMillis > state.options.electionMinMillis() / 2;
    }

    /** What is proposed next is stamped by this. The times are those of {@link #onTick}. */
    public void onTime(long nowMillis, long wallMillis) {
        state.nowMillis = Math.max(state.nowMillis, nowMillis);
        state.wallMillis = wallMillis;
    }

    /** What was sent meanwhile is yet to be read: silence proves nothing, unlike a broken connection. */
    private void forgivePause() {
        state.count(RaftEvent.PAUSE_FORGIVEN);
        if (leadership != null) {
            leadership.forgivePause();
        } else {
            state.forgivePause();
        }
    }

    private void continueIf(boolean leads) {
        if (!leads) {
            follow(null);
        }
    }

    private void follow(@Nullable Member leader) {
        leadership = null;
        state.become(RaftRole.FOLLOWER, leader);
    }

    private void lead() {
        state.count(RaftEvent.ELECTED);
        state.become(RaftRole.LEADER, state.self);
        leadership = new Leadership(state, outbox);
    }

    /** Whether the clock of this node is near enough to its peers' for it to stamp log time. */
    public void allowCampaign(boolean allowed) {
        elections.allowCampaign(allowed);
    }

    /** The connection to the node broke: its process may be dead. */
    public void onPeerLost(NodeId node) {
        if (leadership != null) {
            leadership.onPeerLost(node);
        } else if (state.leader() != null && state.leader().node().equals(node) && !state.isLeaderLost()) {
            state.count(RaftEvent.LEADER_LOST);
            state.loseLeader();
            elections.onLeaderLost();
        }
    }

    /** Writes up to {@code number} are synced. */
    public void onPersisted(long number) {
        state.onPersisted(number);
        if (leadership != null) {
            continueIf(leadership.commit());
        } else if (elections.onPersisted(number)) {
            lead();
        }
    }

    /** The rows hold the log up to {@code index}. */
    public void onApplied(long index) {
        state.log.appliedTo(index);
        if (leadership == null) {
            state.log.trimMemory(state.log.last(), state.options.maxMemoryBytes());
        }
    }

    /** The disk holds no entry before {@code index} any more. */
    public void onTruncated(long index) {
        state.log.truncatedBefore(index);
    }

    /** Answers {@link RaftOutbox#load}. */
    public void onLoaded(Member follower, long from, List<LogEntry> entries) {
        if (leadership != null) {
            leadership.onLoaded(follower, from, entries);
        }
    }

    /** The state at {@code index}, whose entry is of {@code indexTerm}, is ready for the follower. */
    public void offerSnapshot(Member follower, long index, long indexTerm) {
        if (leadership != null) {
            leadership.offerSnapshot(follower, index, indexTerm);
        }
    }

    /** What {@link RaftOutbox#prepareSnapshot} asked for is over, well or not. */
    public void onSnapshotOver(Member follower) {
        if (leadership != null) {
            leadership.onSnapshotOver(follower);
        }
    }

    /**
     * The state is installed, and the log before it gone, durably.
     *
     * @param installed its hard state does not count
     */
    public void onInstalled(RaftStart installed) {
        following.onInstalled(installed);
        committed = state.log.commit();
    }

    public void onInstallFailed() {
        following.onInstallFailed();
    }

    /** Whether {@link #joinRead} takes reads. */
    public boolean mayRead() {
        return leadership != null;
    }

    /** The behaviour level of the newest entry. */
    public int level() {
        return state.log.lastLevel();
    }

    /** Whether {@link #propose} takes commands. */
    public boolean mayPropose() {
        return leadership != null && !leadership.isHandingOver();
    }

    /**
     * Appends a command.
     *
     * @param kind COMMAND or REQUEST
     * @return its index. It was committed if the entry applied at this index has the term of now, and was not if another
     *     has
     * @throws IllegalStateException if {@link #mayPropose} does not hold
     */
    public long propose(EntryKind kind, byte[] data) {
        if (!mayPropose()) {
            throw new IllegalStateException("only a leader takes commands, this is a " + state.role());
        }
        return leading().propose(kind, data);
    }

    /**
     * A read, to be answered once {@link RaftOutbox#confirmReads} names its round or a later one.
     *
     * @return its round
     * @throws IllegalStateException if {@link #mayRead} does not hold
     */
    public long joinRead() {
        return leading().joinRead();
    }

    /** Why the configuration cannot be changed so now; null if it can. */
    public @Nullable String refusal(Change change) {
        return leadership == null ? "this is a " + state.role() : leadership.refusal(change);
    }

    /** @throws IllegalStateException if it is refused */
    public void change(Change change) {
        String refusal = refusal(change);
        if (refusal != null) {
            state.count(RaftEvent.CHANGE_REFUSED);
            throw new IllegalStateException(refusal);
        }
        leading().change(change);
    }

    /**
     * Hands the leadership to another voter, within an election time-out or not at all.
     *
     * @return false if this is not the leader, or that no other voter of the group
     */
    public boolean handOver(Member voter) {
        boolean possible = leadership != null
                && !voter.equals(state.self)
                && state.configuration().isVoter(voter);
        if (possible) {
            leading().handOver(voter);
        }
        return possible;
    }

    /**
     * Ends this replica's part in its group for good, as the group is to go on in a later generation: from the next sync on its log
     * stays as it is, and it neither votes nor acknowledges. To promise once more changes nothing.
     *
     * @return whether it is promised to that generation now, and to no later one
     */
    public boolean promise(long generation) {
        if (!state.rules.mayPromise(generation, state.hardState())) {
            return false;
        }
        state.count(RaftEvent.GENERATION_PROMISED);
        stopFor(generation);
        return true;
    }

    /** Why the generation cannot be begun from this replica; null if it can. */
    public @Nullable String refusalOfForce(long generation) {
        if (!state.rules.mayForce(generation, state.hardState(), state.self)) {
            return state.self + " is promised to generation " + Generations.text(promised()) + ", it cannot begin "
                    + Generations.text(generation);
        }
        return unfitness();
    }

    /** Why no generation can go on from this replica; null if one can. */
    public @Nullable String unfitness() {
        if (following.isInstalling() || !state.rules.isWhole(state.log.last(), state.self.tenure())) {
            return state.self + " has no whole state";
        }
        if (!state.rules.isMember(state.log.configurationAt(state.log.commit()), state.self)) {
            return state.self + " is no member any more";
        }
        return state.log.lastLevel() > state.options.supportedLevel()
                ? "a later release wrote entries of level " + state.log.lastLevel()
                : null;
    }

    /**
     * Begins the generation: the group goes on from this replica, as its only voter, with all that its log holds. What others
     * have and it has not is lost to the group.
     *
     * @throws IllegalStateException if it is refused
     */
    public void force(long generation) {
        String refusal = refusalOfForce(generation);
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        state.count(RaftEvent.GENERATION_BEGUN);
        state.beginGeneration(generation);
    }

    /**
     * The generation that it is promised to begins, if it does, on a log that has all of this one: nothing that was acknowledged is
     * here alone, and a replica of that generation may take this one's place.
     *
     * @return false if it is promised to another
     */
    public boolean giveWay(long generation) {
        if (generation != promised() || generation == generation()) {
            return false;
        }
        state.giveWay();
        return true;
    }

    private Leadership leading() {
        if (leadership == null) {
            throw new IllegalStateException("this is no leader but a " + state.role());
        }
        return leadership;
    }

    public void onMessage(RaftMessage message) {
        if (admit(message)) {
            if (message.body().isLeaders()) {
                hear(message.from());
            }
            message.body().accept(message, visitor);
        }
    }

    /** Whether the message counts; brings this replica to the term of one that does. */
    private boolean admit(RaftMessage message) {
        if (state.role() == RaftRole.STOPPED) {
            noteLaterGeneration(message.generation());
            return false;
        }
        if (!isOfThisGeneration(message) || !isOfThisStay(message)) {
            return false;
        }
        if (message.term() > state.term()) {
            return admitLater(message);
        }
        if (message.term() < state.term()) {
            answerEarlier(message);
            return false;
        }
        return !refusesElection(message);
    }

    /** Nobody may begin one from here that was promised before a later one was heard of. */
    private void noteLaterGeneration(long generation) {
        if (state.rules.isGenerationOver(promised(), generation)) {
            state.promise(generation);
        }
    }

    /** The generation ranks before tenure and term: two histories have indices and terms, and so tenures, in common. */
    private boolean isOfThisGeneration(RaftMessage message) {
        long own = state.hardState().generation();
        if (state.rules.isGenerationOver(own, message.generation())) {
            state.count(RaftEvent.GENERATION_OVER);
            stopFor(message.generation());
            return false;
        }
        if (state.rules.isOfEarlierGeneration(message.generation(), own)) {
            state.count(RaftEvent.EARLIER_GENERATION_ANSWERED);
            state.sendDurably(message.from(), new VoteAnswer(false, false));
            return false;
        }
        return true;
    }

    private void stopFor(long generation) {
        leadership = null;
        following.onStopped();
        state.promise(generation);
    }

    private boolean isOfThisStay(RaftMessage message) {
        if (!state.rules.isForSelf(message.to(), state.self)) {
            state.count(RaftEvent.OTHER_TENURE_IGNORED);
            return false;
        }
        boolean isMember = state.configuration().isVoter(message.from());
        Member known = isMember
                ? message.from()
                : state.configuration().memberOf(message.from().node());
        if (state.rules.isEarlierTenure(known, message.from())) {
            state.count(RaftEvent.EARLIER_TENURE_IGNORED);
            return false;
        }
        return true;
    }

    private boolean admitLater(RaftMessage message) {
        if (refusesElection(message)) {
            return false;
        }
        boolean asksOnly = message.body() instanceof VoteRequest request && request.preVote();
        boolean wouldGrant = message.body() instanceof VoteAnswer answer && answer.preVote() && answer.granted();
        if (!asksOnly && !wouldGrant) {
            if (leadership != null) {
                state.count(RaftEvent.STEPPED_DOWN_LATER_TERM);
            }
            state.enterTerm(message.term());
            follow(message.body().isLeaders() ? message.from() : null);
        }
        return true;
    }

    private boolean refusesElection(RaftMessage message) {
        if (!(message.body() instanceof VoteRequest request) || request.transfer() || !state.isLeaderHeard()) {
            return false;
        }
        state.count(RaftEvent.VOTE_REFUSED_LEADER_HEARD);
        elections.hold(message, request);
        return true;
    }

    /** A leader that is none any more, or a candidate that comes too late, is told the term. */
    private void answerEarlier(RaftMessage message) {
        if (message.body().isLeaders()) {
            state.count(RaftEvent.EARLIER_TERM_ANSWERED);
            state.send(message.from(), AppendAnswer.refused(0, 0, 0, state.options.supportedLevel()));
        } else if (message.body() instanceof VoteRequest request) {
            state.send(message.from(), new VoteAnswer(request.preVote(), false));
        }
    }

    private void hear(Member leader) {
        if (leadership != null) {
            throw new IllegalStateException(state.self + " and " + leader + " both lead in term " + state.term());
        }
        if (state.role() != RaftRole.FOLLOWER || !leader.equals(state.leader())) {
            follow(leader);
        }
        state.hearLeader();
    }

    /** Ends the turn: asks for everything that the events since the last call want done. */
    public void flush() {
        if (leadership != null) {
            leadership.flush();
        }
        following.flush(outbox);
        state.writes.flush(state.hardState(), outbox);
        state.flushMessages(outbox);
        long applicable = Math.min(state.log.commit(), state.log.persisted());
        if (applicable > committed) {
            committed = applicable;
            outbox.commit(applicable);
        }
        if (state.takeConfigurationChanged()) {
            outbox.changeConfiguration(state.configuration());
        }
        if (state.takeRoleChanged()) {
            outbox.changeRole(state.role(), state.term(), state.leader());
        }
    }

    public long term() {
        return state.term();
    }

    /** To which its log belongs. */
    public long generation() {
        return state.hardState().generation();
    }

    /** The newest generation that it is promised to; once that is a later one than its log's, it takes part in nothing. */
    public long promised() {
        return state.hardState().promised();
    }

    /** Whether a replica of that generation may take its place. */
    public boolean givesWayTo(long generation) {
        return state.hardState().mayGiveWayTo(generation);
    }

    /**
     * Whether the newest committed configuration is one of this generation. A survivor cannot tell before it has committed the one
     * that it began with, and a restart forgets up to where it had.
     */
    public boolean isCommittedInGeneration() {
        return generation() == Generations.FIRST || !state.log.mayBeginBehindCommit(state.self);
    }

    /** Up to where the log is synced. */
    public long persistedIndex() {
        return state.log.persisted();
    }

    /** As a leader: whether an entry of its own term is committed, so that it knows of all that was committed before. */
    public boolean isCommittedInTerm() {
        return leadership != null && leadership.isCommittedInTerm();
    }

    /** Whether it decides alone. */
    public boolean isSoleVoter() {
        return state.isSoleVoter();
    }

    public long lastIndex() {
        return state.log.last();
    }

    /** Of the oldest entry in memory; one behind the last if there is none. */
    public long firstInMemory() {
        return state.log.firstInMemory();
    }

    /**
     * Entries {@code from} to {@code to}, or the first of them within both bounds, but at least one.
     *
     * @param from in memory
     */
    public List<LogEntry> entries(long from, long to, int maxCount, long maxBytes) {
        return state.log.slice(from, (int) Math.min(maxCount, to - from + 1), maxBytes);
    }

    /** -1 if the log does not hold the entry, and it is not the last that was cut. */
    public long termOf(long index) {
        return state.log.termOf(index);
    }

    /** The terms of its log, as the first index of each run of entries of one term; the first of them is that of the last entry that was cut. */
    public SortedMap<Long, Long> termRuns() {
        return state.log.termRuns();
    }

    /** As of entry {@code index}. */
    public Configuration configurationAt(long index) {
        return state.log.configurationAt(index);
    }

    public RaftView view() {
        return RaftView.of(state, leadership);
    }

    private final class Messages implements Visitor {
        @Override
        public void onVoteRequest(RaftMessage message, VoteRequest request) {
            elections.onRequest(message, request);
        }

        @Override
        public void onVoteAnswer(RaftMessage message, VoteAnswer answer) {
            if (elections.onAnswer(message, answer)) {
                lead();
            }
        }

        @Override
        public void onAppend(RaftMessage message, Append append) {
            following.onAppend(message.from(), append);
        }

        @Override
        public void onAppendAnswer(RaftMessage message, AppendAnswer answer) {
            if (leadership != null) {
                continueIf(leadership.onAppendAnswer(message.from(), answer));
            }
        }

        @Override
        public void onHeartbeat(RaftMessage message, Heartbeat heartbeat) {
            following.onHeartbeat(message.from(), heartbeat);
        }

        @Override
        public void onHeartbeatAnswer(RaftMessage message, HeartbeatAnswer answer) {
            if (leadership != null) {
                leadership.onHeartbeatAnswer(message.from(), answer);
            }
        }

        @Override
        public void onSnapshotOffer(RaftMessage message, SnapshotOffer offer) {
            following.onSnapshotOffer(message.from(), offer);
        }

        @Override
        public void onCampaignNow(RaftMessage message) {
            elections.campaign(true);
        }
    }
}
