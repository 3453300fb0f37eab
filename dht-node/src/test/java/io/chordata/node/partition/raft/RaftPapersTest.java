package io.chordata.node.partition.raft;

import static io.chordata.node.partition.raft.LoneMachine.SECOND;
import static io.chordata.node.partition.raft.LoneMachine.THIRD;
import static io.chordata.node.partition.raft.LoneMachine.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;
import io.chordata.node.partition.raft.RaftOutbox.Write;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What is written of Raft, each statement by itself. "Raft" is Ongaro, Ousterhout, "In Search of an Understandable Consensus
 * Algorithm (Extended Version)", 2014; "thesis" is Ongaro, "Consensus: Bridging Theory and Practice", Stanford 2014. What needs
 * a longer story is in {@link Scenario}.
 */
class RaftPapersTest {
    private static final RaftOptions OPTIONS = RaftOptions.DEFAULT;

    /** Raft, 5.1: a candidate or leader that learns of a later term is a follower at once. */
    @Test
    void leader_thatHearsOfALaterTerm_isAFollowerOfThatTerm() {
        for (RaftRole role : List.of(RaftRole.CANDIDATE, RaftRole.LEADER)) {
            LoneMachine machine = LoneMachine.ofThree().become(role);
            machine.hear(SECOND, 7, AppendAnswer.refused(0, 0, 0, 1));
            assertThat(machine.group.view().role()).isEqualTo(RaftRole.FOLLOWER);
            assertThat(machine.group.view().term()).isEqualTo(7);
        }
    }

    /** Raft, 5.1: a request with a stale term is rejected. */
    @Test
    void request_withAStaleTerm_isRejected() {
        LoneMachine machine = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(5), 0);
        machine.hear(SECOND, 4, new Append(0, 0, List.of(entry(1, 4)), 1));
        machine.hear(SECOND, 4, new VoteRequest(false, false, 9, 4));
        assertThat(machine.outbox.messages)
                .allSatisfy(answer -> assertThat(answer.term()).isEqualTo(5));
        assertThat(machine.said()).containsExactly(AppendAnswer.refused(0, 0, 0, 1), new VoteAnswer(false, false));
        assertThat(machine.group.view().lastIndex()).isZero();
    }

    /** Raft, 5.2: a server votes for one candidate at most in a term, first come, first served; and says so once it is synced. */
    @Test
    void voter_askedTwiceInATerm_grantsTheFirst() {
        LoneMachine machine = LoneMachine.ofThree();
        machine.hear(SECOND, 3, new VoteRequest(false, false, 0, 0));
        assertThat(machine.said()).isEmpty();
        machine.sync();
        assertThat(machine.said()).containsExactly(new VoteAnswer(false, true));
        machine.hear(THIRD, 3, new VoteRequest(false, false, 0, 0));
        machine.hear(SECOND, 3, new VoteRequest(false, false, 0, 0));
        assertThat(machine.said()).containsExactly(new VoteAnswer(false, false), new VoteAnswer(false, true));
    }

    /** Raft, 5.2: a candidate follows whoever leads in its term, and goes on if the claim is of an earlier one. */
    @Test
    void candidate_thatHearsALeader_followsUnlessItsTermIsOver() {
        LoneMachine machine = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(5), 0).become(RaftRole.CANDIDATE);
        machine.hear(SECOND, 5, new Heartbeat(0, 0, 0));
        assertThat(machine.group.view().role()).isEqualTo(RaftRole.CANDIDATE);
        machine.hear(SECOND, 6, new Heartbeat(0, 0, 0));
        assertThat(machine.group.view().role()).isEqualTo(RaftRole.FOLLOWER);
        assertThat(machine.group.view().leader()).isEqualTo(SECOND);
    }

    /** Raft, 5.2: election time-outs are drawn from an interval, anew for each, so that split votes are rare. */
    @Test
    void electionTimeouts_ofManyNodes_areSpreadOverTheInterval() {
        TreeSet<Long> waited = new TreeSet<>();
        for (long seed = 1; seed <= 50; seed++) {
            RaftScript script = RaftScript.begin(seed, RaftRules.RAFT, OPTIONS, 3, 3);
            script.onlyMayCampaign(1);
            script.await("a campaign", () -> script.count(RaftEvent.PRE_CAMPAIGN) > 0);
            waited.add(script.cluster.nowMillis());
        }
        assertThat(waited).hasSizeGreaterThan(25);
        assertThat(waited.first()).isBetween(OPTIONS.electionMinMillis(), OPTIONS.electionMinMillis() + 200);
        assertThat(waited.last()).isBetween(OPTIONS.electionMaxMillis() - 200, OPTIONS.electionMaxMillis() + 100);
    }

    /** Raft, 5.3 and figure 7: whatever followers lack or have too much, the leader of term 8 makes their logs its own. */
    @Test
    void logs_ofFigure7_becomeTheLeaders() {
        long[][] terms = {
            {1, 1, 1, 4, 4, 5, 5, 6, 6, 6},
            {1, 1, 1, 4, 4, 5, 5, 6, 6},
            {1, 1, 1, 4},
            {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6},
            {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7},
            {1, 1, 1, 4, 4, 4, 4},
            {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3},
        };
        Configuration seven = new Configuration(0, Members.founders(1, 2, 3, 4, 5, 6, 7), List.of(), List.of());
        RaftCluster cluster = new RaftCluster(new SimScheduler(7), OPTIONS, RaftHabits.PLAIN, RaftRules.RAFT, 7, seven);
        Map<String, LogEntry> entries = new HashMap<>();
        for (int i = 0; i < terms.length; i++) {
            List<LogEntry> log = new ArrayList<>();
            for (long term : terms[i]) {
                long index = log.size() + 1;
                log.add(entries.computeIfAbsent(index + "/" + term, key -> command(index, term)));
            }
            cluster.nodes.get(i).disk.ask(new Write(1, LoneMachine.inTerm(7), 0, log), () -> {});
        }
        cluster.advanceMillis(100);
        RaftScript script = RaftScript.of(cluster);
        script.onlyMayCampaign();
        cluster.startAll();
        script.elect(1);
        script.expectAgreement();
        assertThat(script.term()).isEqualTo(8);
        for (int number = 1; number <= terms.length; number++) {
            ShadowLog log = script.replica(number).shadow();
            for (int index = 1; index <= terms[0].length; index++) {
                assertThat(log.entry(index).term()).isEqualTo(terms[0][index - 1]);
            }
            assertThat(log.last()).isEqualTo(terms[0].length + 1);
        }
    }

    private static LogEntry command(long index, long term) {
        byte[] data = Ledger.command(index << 8 | term, 0, new SimRandom(index));
        return new LogEntry(index, term, term, 1, EntryKind.COMMAND, data);
    }

    /** Raft, 5.3: where an entry conflicts with a new one, it goes, and all that follow it. */
    @Test
    void follower_withAConflict_deletesFromThereOn() {
        LoneMachine follower = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(3), 1, 1, 1, 2, 2);
        follower.hear(SECOND, 3, new Append(2, 1, List.of(entry(3, 3)), 0));
        Write write = follower.outbox.writes.get(0);
        assertThat(write.truncateFrom()).isEqualTo(3);
        assertThat(write.entries()).extracting(LogEntry::index).containsExactly(3L);
        assertThat(follower.group.view().lastIndex()).isEqualTo(3);
        follower.sync();
        assertThat(follower.said()).containsExactly(AppendAnswer.accepted(3, 1));
    }

    /** Raft, 5.4.1: the later last term wins, and with equal last terms the longer log; a voter denies who is behind. */
    @Test
    void voter_whoseLogIsMoreUpToDate_deniesItsVote() {
        assertThat(votesWithLogOf12(new VoteRequest(false, false, 2, 2))).isTrue();
        assertThat(votesWithLogOf12(new VoteRequest(false, false, 1, 3))).isTrue();
        assertThat(votesWithLogOf12(new VoteRequest(false, false, 3, 2))).isTrue();
        assertThat(votesWithLogOf12(new VoteRequest(false, false, 1, 2))).isFalse();
        assertThat(votesWithLogOf12(new VoteRequest(false, false, 9, 1))).isFalse();
    }

    private static boolean votesWithLogOf12(VoteRequest request) {
        LoneMachine voter = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(3), 0, 1, 2);
        voter.hear(SECOND, 4, request);
        voter.sync();
        return voter.said().equals(List.of(new VoteAnswer(false, true)));
    }

    /** Raft, 5.5: requests are idempotent: one for entries that are there already changes nothing and is accepted. */
    @Test
    void append_thatComesTwice_isAcceptedTwice() {
        LoneMachine follower = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(1), 0);
        Append append = new Append(0, 0, List.of(entry(1, 1), entry(2, 1)), 0);
        follower.hear(SECOND, 1, append);
        follower.sync();
        int writes = follower.outbox.writes.size();
        follower.hear(SECOND, 1, append);
        assertThat(follower.said()).containsExactly(AppendAnswer.accepted(2, 1), AppendAnswer.accepted(2, 1));
        assertThat(follower.outbox.writes).hasSize(writes);
    }

    /** Raft, 6: a server goes by the newest configuration in its log, whether it is committed or not. */
    @Test
    void configuration_inTheLog_isUsedBeforeItIsCommitted() {
        LoneMachine follower = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(1), 0);
        Configuration next = new Change.AddLearner(Members.node(9)).apply(LoneMachine.THREE, 1);
        LogEntry entry = new LogEntry(1, 1, 0, 1, EntryKind.CONFIGURATION, ConfigurationCodec.encode(next));
        follower.hear(SECOND, 1, new Append(0, 0, List.of(entry), 0));
        assertThat(follower.group.view().configuration()).isEqualTo(next);
        follower.hear(SECOND, 2, new Append(0, 0, List.of(entry(1, 2)), 0));
        assertThat(follower.group.view().configuration()).isEqualTo(LoneMachine.THREE);
    }

    /** Raft, 6: a leader that is not among the new servers does not count itself in their majority. */
    @Test
    void leader_outsideTheNewConfiguration_doesNotCountItself() {
        RaftScript script = RaftScript.begin(1, RaftRules.RAFT, OPTIONS, 4, 3);
        script.elect(1);
        Member fourth = script.addLearner(1, 4);
        script.change(1, new Change.EnterJoint(List.of(script.member(2), script.member(3), fourth)));
        script.expectAgreement();
        script.cutOff(3, 4);
        assertThat(script.mayChange(1, new Change.LeaveJoint())).isTrue();
        long leave = script.view(1).configuration().index();
        script.await("2 to have it", () -> script.matchOf(1, script.member(2)) == leave);
        assertThat(script.cluster.oracle().commit()).isLessThan(leave);
        script.mend();
        script.await("it to be committed", () -> script.cluster.oracle().commit() >= leave);
    }

    /** Raft, 6: who heard the leader within the least election time-out disregards requests for votes and their terms. */
    @Test
    void follower_thatHeardItsLeaderLately_disregardsCandidates() {
        LoneMachine follower = LoneMachine.ofThree();
        follower.hear(SECOND, 1, new Heartbeat(0, 0, 0));
        follower.said();
        follower.hear(THIRD, 9, new VoteRequest(false, false, 50, 8));
        assertThat(follower.said()).isEmpty();
        assertThat(follower.group.view().term()).isEqualTo(1);
        follower.letPass(OPTIONS.electionMinMillis());
        follower.hear(THIRD, 9, new VoteRequest(false, false, 50, 8));
        assertThat(follower.group.view().term()).isEqualTo(9);
    }

    /** Raft, 7: of a snapshot that describes a prefix of the log, what follows stays valid and is retained. */
    @Test
    void snapshot_ofAPrefixOfTheLog_leavesTheRest() {
        LoneMachine follower = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(2), 1, 1, 1, 2, 2);
        follower.hear(SECOND, 2, new SnapshotOffer(3, 2));
        assertThat(follower.said()).containsExactly(AppendAnswer.accepted(3, 1));
        assertThat(follower.group.view().commitIndex()).isEqualTo(3);
        assertThat(follower.group.view().lastIndex()).isEqualTo(4);
        assertThat(follower.outbox.others).noneMatch(other -> other.startsWith("install"));
        follower.hear(SECOND, 2, new SnapshotOffer(4, 3));
        assertThat(follower.outbox.others).last().isEqualTo("install 4 of " + SECOND);
    }

    /** Raft, 8: a leader commits an entry without content at the start of its term. */
    @Test
    void leader_atTheStartOfItsTerm_appendsAnEmptyEntry() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        List<LogEntry> written =
                leader.outbox.writes.get(leader.outbox.writes.size() - 1).entries();
        assertThat(written).extracting(LogEntry::kind).containsExactly(EntryKind.EMPTY);
    }

    /** Raft, 8, and thesis, 6.4: a read waits for the term's first commit, then for a majority to answer heartbeats. */
    @Test
    void read_ofALeader_waitsForFirstCommitAndForAMajority() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        long round = leader.group.joinRead();
        leader.sync();
        assertThat(leader.said()).noneMatch(body -> body instanceof Heartbeat heartbeat && heartbeat.round() > 0);
        leader.hear(SECOND, 1, AppendAnswer.accepted(1, 1));
        assertThat(leader.said()).contains(new Heartbeat(0, 0, round), new Heartbeat(1, 0, round));
        assertThat(leader.outbox.confirmed).isEmpty();
        leader.hear(SECOND, 1, new HeartbeatAnswer(0, round, 1));
        assertThat(leader.outbox.confirmed).containsExactly(new RecordingOutbox.Confirmed(round, 1));
    }

    /** Thesis, 3.10: who hands over takes no more requests, brings the target up to date, and tells it to stand at once. */
    @Test
    void leader_thatHandsOver_tellsTheTargetOnceItIsUpToDate() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.sync();
        assertThat(leader.group.handOver(THIRD)).isTrue();
        leader.group.flush();
        assertThat(leader.group.mayPropose()).isFalse();
        assertThat(leader.said()).doesNotContain(new RaftMessage.CampaignNow());
        leader.hear(THIRD, 1, AppendAnswer.accepted(1, 1));
        assertThat(leader.said()).contains(new RaftMessage.CampaignNow());
    }

    /** Thesis, 4.2.2: a server that its newest configuration leaves out still stands, and does not count its own vote. */
    @Test
    void server_outsideOfItsNewestConfiguration_standsWithoutItsOwnVote() {
        Configuration joint = new Configuration(0, List.of(SECOND), Members.founders(1), List.of());
        LoneMachine machine = new LoneMachine(joint, LoneMachine.inTerm(1), 0);
        Configuration without = new Change.LeaveJoint().apply(joint, 1);
        LogEntry leave = new LogEntry(1, 1, 0, 1, EntryKind.CONFIGURATION, ConfigurationCodec.encode(without));
        machine.hear(SECOND, 1, new Append(0, 0, List.of(leave), 0));
        machine.sync();
        machine.letPass(2 * OPTIONS.electionMaxMillis());
        assertThat(machine.group.view().role()).isEqualTo(RaftRole.PRE_CANDIDATE);
        machine.hear(SECOND, 2, new VoteAnswer(true, true));
        machine.sync();
        assertThat(machine.group.view().role()).isEqualTo(RaftRole.CANDIDATE);
        machine.hear(SECOND, 2, new VoteAnswer(false, true));
        assertThat(machine.group.view().role()).isEqualTo(RaftRole.LEADER);
    }

    /** Thesis, 6.2: a leader steps down when an election time-out passes without a majority having answered. */
    @Test
    void leader_thatNobodyAnswers_stepsDownWithinAnElectionTimeout() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.letPass(OPTIONS.electionMinMillis());
        assertThat(leader.group.view().role()).isEqualTo(RaftRole.LEADER);
        leader.hear(SECOND, 1, new HeartbeatAnswer(0, 0, 1));
        leader.letPass(OPTIONS.electionMinMillis());
        assertThat(leader.group.view().role()).isEqualTo(RaftRole.LEADER);
        leader.tick(50);
        assertThat(leader.group.view().role()).isEqualTo(RaftRole.FOLLOWER);
    }

    /** Thesis, 9.6: a pre-vote changes neither the term of who asks nor that of who is asked. */
    @Test
    void preVote_askedOrGranted_changesNoTerm() {
        LoneMachine machine = LoneMachine.ofThree().become(RaftRole.PRE_CANDIDATE);
        machine.hear(SECOND, 1, new VoteRequest(true, false, 0, 0));
        assertThat(machine.said()).containsExactly(new VoteAnswer(true, true));
        assertThat(machine.group.view().term()).isZero();
        assertThat(machine.outbox.writes).isEmpty();
    }

    /** Thesis, 10.2.1: a leader sends what follows without waiting for the answer to what came before. */
    @Test
    void leader_withAFollowerThatMatches_sendsWithoutWaiting() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.hear(SECOND, 1, AppendAnswer.accepted(1, 1));
        leader.said();
        for (int i = 0; i < 3; i++) {
            leader.group.propose(EntryKind.COMMAND, new byte[] {1});
            leader.group.flush();
        }
        assertThat(leader.outbox.messages.stream()
                        .filter(message -> message.to().equals(SECOND))
                        .map(message -> ((Append) message.body()).prevIndex()))
                .containsExactly(1L, 2L, 3L);
    }

    /** Thesis, 10.2.2: a leader writes beside its followers, and may commit before its own write is synced. */
    @Test
    void entry_syncedByMostFollowers_isCommittedBeforeTheLeadersOwnWrite() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.hear(SECOND, 1, AppendAnswer.accepted(1, 1));
        assertThat(leader.group.view().commitIndex()).isZero();
        leader.hear(THIRD, 1, AppendAnswer.accepted(1, 1));
        assertThat(leader.group.view().commitIndex()).isEqualTo(1);
        assertThat(leader.outbox.commits)
                .as("it applies no earlier than it has it itself")
                .isEmpty();
        leader.sync();
        assertThat(leader.outbox.commits).containsExactly(1L);
    }
}
