package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.CampaignNow;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One term as leader: replicates its log, commits, confirms reads, changes the configuration, hands over. It begins with an
 * empty entry, before whose commit it neither confirms reads nor changes the configuration.
 */
final class Leadership {
    private static final byte[] NO_DATA = new byte[0];

    private final RaftState state;
    private final RaftOutbox outbox;
    private final ReadRounds reads;
    /** Of every other member of the newest configuration. */
    private final TreeMap<NodeId, Progress> progress = new TreeMap<>();

    private final long firstOfTerm;
    private long heartbeatDueMillis;
    private boolean heartbeatWanted;
    /** A majority was heard since, when it was counted last; it may be later by now. */
    private long majorityHeardMillis = Long.MIN_VALUE;

    private @Nullable Member successor;
    private boolean successorTold;
    private long handOverDueMillis;

    Leadership(RaftState state, RaftOutbox outbox) {
        this.state = state;
        this.outbox = outbox;
        this.reads = new ReadRounds(state.rules, state.options.maxReadRounds());
        followConfiguration();
        this.firstOfTerm = state.append(EntryKind.EMPTY, NO_DATA, state.log.lastLevel());
        scheduleHeartbeat();
    }

    private void followConfiguration() {
        List<Member> members = state.configuration().members().stream()
                .filter(member -> !state.configuration().isDead(member))
                .toList();
        progress.values().removeIf(known -> !members.contains(known.member()));
        for (Member member : members) {
            if (!member.equals(state.self)) {
                progress.computeIfAbsent(member.node(), node -> newProgress(member));
            }
        }
        progress.values().forEach(Progress::forgetRounds);
        majorityHeardMillis = Long.MIN_VALUE;
        heartbeatWanted = true;
    }

    private Progress newProgress(Member member) {
        return new Progress(member, state.log.last() + 1, state.options, state.nowMillis);
    }

    /** At times that all groups of a node have in common, so that one frame to each other node carries what all of them say. */
    private void scheduleHeartbeat() {
        long period = state.options.heartbeatMillis();
        heartbeatDueMillis = (Math.floorDiv(state.nowMillis, period) + 1) * period;
    }

    long propose(EntryKind kind, byte[] data) {
        return state.append(kind, data, state.log.lastLevel());
    }

    boolean isHandingOver() {
        return successor != null;
    }

    boolean isCommittedInTerm() {
        return state.log.commit() >= firstOfTerm;
    }

    /** @return the round that confirms it */
    long joinRead() {
        return reads.join();
    }

    @Nullable
    String refusal(Change change) {
        Configuration current = state.configuration();
        boolean pending = current.index() > state.log.commit();
        if (!state.rules.mayChange(pending, isCommittedInTerm())) {
            return pending ? "the change before is not committed" : "the leader has committed nothing yet";
        }
        if (isHandingOver()) {
            return "the leader is handing over";
        }
        String refusal = change.refusal(current);
        return refusal != null ? refusal : refusalOfNewVoter(change.apply(current, state.log.last() + 1));
    }

    private @Nullable String refusalOfNewVoter(Configuration next) {
        for (Member voter : next.voters()) {
            Progress known = progress.get(voter.node());
            if (known == null || state.configuration().isVoter(voter)) {
                continue;
            }
            if (known.state() != Progress.State.REPLICATE) {
                return voter + " is not catching up by log yet";
            }
            if (known.level() < state.log.lastLevel()) {
                return voter + " can apply up to level " + known.level() + ", the group is at " + state.log.lastLevel();
            }
        }
        return null;
    }

    /** @param change one that is not refused */
    void change(Change change) {
        Configuration next = change.apply(state.configuration(), state.log.last() + 1);
        state.append(EntryKind.CONFIGURATION, ConfigurationCodec.encode(next), state.log.lastLevel());
        state.count(change.event());
        state.changeConfiguration();
        followConfiguration();
    }

    /** Takes nothing more, and has {@code voter} campaign once it has the whole log. */
    void handOver(Member voter) {
        state.count(RaftEvent.TRANSFER_STARTED);
        successor = voter;
        successorTold = false;
        handOverDueMillis = state.nowMillis + state.options.electionMinMillis();
    }

    /** Whether {@link #onTick} has anything to do, at the time that it is. */
    boolean isDue() {
        return heartbeatWanted
                || isHeartbeatDue()
                || isHandOverLate()
                || state.options.supportedLevel() > state.log.lastLevel()
                || !isMajorityHeard();
    }

    private boolean isHeartbeatDue() {
        return state.nowMillis >= heartbeatDueMillis;
    }

    private boolean isHandOverLate() {
        return successor != null && state.nowMillis >= handOverDueMillis;
    }

    /** @return whether it still leads */
    boolean onTick() {
        if (!isMajorityHeard()) {
            state.count(RaftEvent.STEPPED_DOWN_NO_MAJORITY);
            return false;
        }
        if (isHeartbeatDue()) {
            heartbeatWanted = true;
        }
        if (isHandOverLate()) {
            state.count(RaftEvent.TRANSFER_GIVEN_UP);
            successor = null;
            heartbeatWanted = true;
        }
        raiseLevel();
        return true;
    }

    /** Whether the time that went on gave it something to say. */
    boolean isHeartbeatWanted() {
        return heartbeatWanted;
    }

    /** Counts only once too much time has passed since what the last count found: until then that has not changed. */
    private boolean isMajorityHeard() {
        long since = state.nowMillis - state.options.electionMinMillis();
        if (majorityHeardMillis < since) {
            majorityHeardMillis = Quorum.reached(state.configuration(), this::heardMillis);
        }
        return majorityHeardMillis >= since;
    }

    private long heardMillis(Member member) {
        if (member.equals(state.self)) {
            return state.nowMillis;
        }
        Progress known = progressTowards(member);
        return known == null ? Long.MIN_VALUE : known.heardMillis();
    }

    /** After a pause of this process nobody could be heard. */
    void forgivePause() {
        progress.values().forEach(known -> known.forgive(state.nowMillis));
    }

    private void raiseLevel() {
        int level = state.options.supportedLevel();
        if (level <= state.log.lastLevel()) {
            return;
        }
        for (Progress known : progress.values()) {
            level = Math.min(level, known.level());
        }
        if (level > state.log.lastLevel() && isCommittedInTerm()) {
            state.count(RaftEvent.LEVEL_RAISED);
            state.append(EntryKind.EMPTY, NO_DATA, level);
            heartbeatWanted = true;
        }
    }

    /** The connection to the node broke, what was on its way there may be lost. */
    void onPeerLost(NodeId node) {
        Progress known = progress.get(node);
        if (known != null && known.state() == Progress.State.REPLICATE) {
            known.probe(known.match() + 1);
        }
    }

    /** What this very member did; its node may be on its way back in a later tenure, which counts for itself alone. */
    private @Nullable Progress progressTowards(Member member) {
        Progress known = progress.get(member.node());
        return known == null || !known.member().equals(member) ? null : known;
    }

    private @Nullable Progress progressOf(Member from) {
        Progress known = progress.get(from.node());
        if (known == null || !state.rules.isAnswerOf(known.member(), from)) {
            state.count(RaftEvent.ACKNOWLEDGEMENT_IGNORED);
            return null;
        }
        return known;
    }

    /** @return whether it still leads */
    boolean onAppendAnswer(Member from, AppendAnswer answer) {
        Progress known = progressOf(from);
        if (known == null) {
            return true;
        }
        known.hear(state.nowMillis, answer.level());
        if (answer.accepted()) {
            known.onAccepted(answer.index(), state.log.base());
            return commit();
        }
        long hint = state.log.lastUpTo(answer.hintIndex(), answer.hintTerm());
        if (known.onRefused(answer.index(), hint)) {
            state.count(RaftEvent.PROBE_AGAIN);
        }
        return true;
    }

    void onHeartbeatAnswer(Member from, HeartbeatAnswer answer) {
        Progress known = progressOf(from);
        if (known == null) {
            return;
        }
        known.hear(state.nowMillis, answer.level());
        known.unpause();
        if (state.rules.isRoundOf(answer.configuration(), state.configuration().index())) {
            known.answerRound(answer.round());
        } else {
            state.count(RaftEvent.READ_ANSWER_OUTDATED);
        }
        askWhetherAllArrived(known);
    }

    /** Entries that got lost with nothing behind them are missed by nobody else: the last ones, or as many as may be unanswered. */
    private void askWhetherAllArrived(Progress known) {
        long lastSent = known.next() - 1;
        if (known.state() != Progress.State.REPLICATE || known.match() == lastSent) {
            return;
        }
        if (state.log.termOf(lastSent) == TermRuns.UNKNOWN) {
            known.probe(known.match() + 1);
        } else {
            sendAppend(known, List.of());
        }
    }

    /**
     * Commits what enough members have.
     *
     * @return whether it still leads
     */
    boolean commit() {
        long index = state.rules.reached(state.configuration(), this::acknowledged);
        if (index > state.log.commit() && state.rules.mayCommitByCounting(state.log.termOf(index), state.term())) {
            state.log.commitTo(index);
        }
        Configuration configuration = state.configuration();
        if (configuration.index() <= state.log.commit() && !configuration.isVoter(state.self)) {
            state.count(RaftEvent.STEPPED_DOWN_REMOVED);
            return false;
        }
        return true;
    }

    private long acknowledged(Member member) {
        if (member.equals(state.self)) {
            return state.rules.acknowledged(state.log.persisted(), state.log.last());
        }
        Progress known = progressTowards(member);
        return known == null ? 0 : known.match();
    }

    void onLoaded(Member follower, long from, List<LogEntry> entries) {
        Progress known = progress.get(follower.node());
        if (known == null || !known.member().equals(follower)) {
            return;
        }
        known.onLoaded();
        boolean stillOurs = state.log.termOf(from - 1) != TermRuns.UNKNOWN
                && entries.stream().allMatch(entry -> state.log.termOf(entry.index()) == entry.term());
        if (known.isReady() && from == known.next() && stillOurs && !entries.isEmpty()) {
            state.count(RaftEvent.LOADED_FROM_DISK);
            sendEntries(known, entries);
        }
    }

    void offerSnapshot(Member follower, long index, long indexTerm) {
        Progress known = progress.get(follower.node());
        if (known != null && known.member().equals(follower) && known.state() == Progress.State.SNAPSHOT) {
            state.send(follower, new SnapshotOffer(index, indexTerm));
        }
    }

    void onSnapshotOver(Member follower) {
        Progress known = progress.get(follower.node());
        if (known != null && known.member().equals(follower) && known.state() == Progress.State.SNAPSHOT) {
            known.probe(known.match() + 1);
        }
    }

    void flush() {
        beat();
        progress.values().forEach(this::replicate);
        tellSuccessor();
        if (confirmReads()) {
            beat();
        }
        trimMemory();
    }

    /** Asks the members for the next round of reads, if there is one and room for it; tells them that it leads, if that is due. */
    private void beat() {
        boolean confirmable = state.rules.mayConfirmReads(isCommittedInTerm());
        boolean begun = confirmable && reads.start(state.log.commit());
        if (begun) {
            state.count(RaftEvent.READ_ROUND);
        }
        if (begun || heartbeatWanted) {
            heartbeatWanted = false;
            scheduleHeartbeat();
            progress.values().forEach(this::sendHeartbeat);
        }
    }

    private void sendHeartbeat(Progress known) {
        long commit = state.rules.commitShown(state.log.commit(), known.match());
        state.send(known.member(), new Heartbeat(commit, state.configuration().index(), reads.started()));
    }

    /** Whether there is room for a further round by that. */
    private boolean confirmReads() {
        if (!reads.isUnderWay()) {
            return false;
        }
        long confirmed = state.rules.isConfirmationNeeded()
                ? Quorum.reached(state.configuration(), this::answeredRound)
                : reads.started();
        boolean any = reads.confirm(confirmed, outbox);
        if (any) {
            state.count(RaftEvent.READ_CONFIRMED);
        }
        return any;
    }

    private long answeredRound(Member member) {
        if (member.equals(state.self)) {
            return reads.started();
        }
        Progress known = progressTowards(member);
        return known == null ? 0 : known.round();
    }

    private void replicate(Progress known) {
        while (known.isReady()) {
            if (state.log.termOf(known.next() - 1) == TermRuns.UNKNOWN) {
                state.count(RaftEvent.SNAPSHOT_PREPARED);
                known.onSnapshot();
                outbox.prepareSnapshot(known.member());
            } else if (known.next() > state.log.last()) {
                probe(known);
                return;
            } else if (known.next() >= state.log.firstInMemory()) {
                sendEntries(known, nextEntries(known));
            } else if (known.state() == Progress.State.PROBE) {
                probe(known);
            } else {
                known.onLoading();
                outbox.load(known.member(), known.next(), state.log.firstInMemory() - 1);
            }
        }
    }

    private void probe(Progress known) {
        if (known.state() == Progress.State.PROBE) {
            sendAppend(known, List.of());
            known.onSent(known.next() - 1, 0);
        }
    }

    private List<LogEntry> nextEntries(Progress known) {
        return state.log.slice(known.next(), state.options.maxAppendEntries(), state.options.maxAppendBytes());
    }

    private void sendEntries(Progress known, List<LogEntry> entries) {
        sendAppend(known, entries);
        long bytes = entries.stream().mapToLong(entry -> entry.data().length).sum();
        known.onSent(entries.get(entries.size() - 1).index(), bytes);
    }

    private void sendAppend(Progress known, List<LogEntry> entries) {
        long prev = known.next() - 1;
        state.send(known.member(), new Append(prev, state.log.termOf(prev), entries, state.log.commit()));
    }

    private void tellSuccessor() {
        if (successor == null || successorTold) {
            return;
        }
        Progress known = progress.get(successor.node());
        if (known != null && known.match() == state.log.last()) {
            successorTold = true;
            state.send(successor, new CampaignNow());
        }
    }

    private void trimMemory() {
        long needed = state.log.last();
        for (Progress known : progress.values()) {
            if (known.state() == Progress.State.REPLICATE) {
                needed = Math.min(needed, known.match());
            }
        }
        state.log.trimMemory(needed, state.options.maxMemoryBytes());
    }

    TreeMap<NodeId, Progress> progress() {
        return progress;
    }
}
