package io.chordata.node.partition.raft;

import static io.chordata.node.partition.raft.LoneMachine.SECOND;
import static io.chordata.node.partition.raft.LoneMachine.SELF;
import static io.chordata.node.partition.raft.LoneMachine.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RaftGroupTest {
    private static final Configuration WITH_LEARNER = new Configuration(0, List.of(SELF), List.of(), List.of(SECOND));

    @Test
    void append_behindTheEndOfTheLog_isRefusedWhateverItSays() {
        LoneMachine follower = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(1), 3, 1, 1, 1);
        follower.hear(SECOND, 1, new Append(20, TermRuns.UNKNOWN, List.of(entry(21, 1)), 0));
        assertThat(follower.said()).containsExactly(new AppendAnswer(false, 20, 0, 0, 1));
        assertThat(follower.group.view().lastIndex()).isEqualTo(3);
    }

    /** Entries were read for a follower, and the log before them went meanwhile: what precedes them cannot be said. */
    @Test
    void entriesLoaded_whoseFirstIsTheBaseByNow_areNotSent() {
        long[] terms = new long[30];
        Arrays.fill(terms, 1);
        LoneMachine leader = new LoneMachine(WITH_LEARNER, LoneMachine.inTerm(1), 30, terms);
        leader.tick(1);
        leader.sync();
        leader.hear(SECOND, 2, AppendAnswer.refused(30, 10, 1, 1));
        leader.hear(SECOND, 2, AppendAnswer.accepted(10, 1));
        assertThat(leader.outbox.others).last().isEqualTo("load 11 to 30 for " + SECOND);
        leader.said();
        leader.group.onTruncated(12);
        leader.group.onLoaded(
                SECOND,
                11,
                LongStream.range(11, 16).mapToObj(index -> entry(index, 1)).toList());
        leader.group.flush();
        assertThat(leader.said()).isEmpty();
        assertThat(leader.outbox.others).last().isEqualTo("snapshot for " + SECOND);
    }

    @Test
    void message_ofAnEarlierGeneration_isAnsweredByTheLaterAndDoesNothing() {
        LoneMachine follower = new LoneMachine(LoneMachine.THREE, new HardState(2, 5, null), 0);
        follower.hear(SECOND, 9, new Heartbeat(0, 0, 0));
        assertThat(follower.events).containsEntry(RaftEvent.EARLIER_GENERATION_ANSWERED, 1);
        assertThat(follower.group.view().term()).isEqualTo(5);
        assertThat(follower.outbox.messages).singleElement().satisfies(answer -> {
            assertThat(answer.to()).isEqualTo(SECOND);
            assertThat(answer.generation()).isEqualTo(2);
        });
    }

    /** What it has is to stand still, and is whole. */
    @Test
    void replica_thatPromisesAsItIsOfferedAState_asksForNone() {
        LoneMachine follower = new LoneMachine(LoneMachine.THREE, LoneMachine.inTerm(1), 3, 1, 1, 1);
        long generation = Generations.next(Generations.FIRST, SELF.node());
        follower.group.onMessage(new RaftMessage(SECOND, SELF, 0, 1, new SnapshotOffer(40, 1)));
        follower.group.promise(generation);
        follower.group.flush();
        assertThat(follower.outbox.others).noneMatch(asked -> asked.startsWith("install"));
        assertThat(follower.group.refusalOfForce(generation)).isNull();
    }

    /** The group was recovered by force without this replica. */
    @Test
    void replica_thatMeetsALaterGeneration_doesNothingAnyMore() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.group.onMessage(new RaftMessage(SECOND, SELF, 1, 0, new HeartbeatAnswer(0, 0, 1)));
        leader.group.flush();
        assertThat(leader.events).containsEntry(RaftEvent.GENERATION_OVER, 1);
        assertThat(leader.group.view().role()).isEqualTo(RaftRole.STOPPED);
        assertThat(leader.group.mayPropose()).isFalse();
        assertThat(leader.outbox.writes)
                .last()
                .satisfies(write -> assertThat(write.hardState()).isEqualTo(new HardState(0, 1, 0, 1, SELF)));
        leader.letPass(10_000);
        leader.group.onMessage(new RaftMessage(SECOND, SELF, 1, 9, new Heartbeat(0, 0, 0)));
        leader.group.flush();
        assertThat(leader.said()).isEmpty();
        assertThat(leader.group.view().term()).isEqualTo(1);
    }

    /** A busy node is told late that the leader's connection broke, and by then has not ticked for long. */
    @Test
    void follower_thatLostTheLeaderAndStoodStill_campaignsSoon() {
        LoneMachine follower = LoneMachine.ofThree();
        follower.tick(50);
        follower.hear(SECOND, 1, new Heartbeat(0, 0, 0));
        follower.sync();
        follower.said();
        follower.group.onPeerLost(SECOND.node());
        follower.tick(RaftOptions.DEFAULT.electionMinMillis());
        follower.letPass(100);
        assertThat(follower.events).containsKey(RaftEvent.PAUSE_FORGIVEN);
        assertThat(follower.group.view().role()).isEqualTo(RaftRole.PRE_CANDIDATE);
    }

    /** One frame to each other node is to carry the heartbeats of all groups that two nodes share. */
    @Test
    void leaders_electedAtDifferentTimes_beatAtTheSameTimes() {
        LoneMachine early = LoneMachine.ofThree().become(RaftRole.LEADER);
        LoneMachine late = LoneMachine.ofThree();
        late.tick(100);
        late.become(RaftRole.LEADER);
        late.letPass(early.nowMillis() > late.nowMillis() ? early.nowMillis() - late.nowMillis() : 0);
        early.letPass(late.nowMillis() - early.nowMillis());
        List<Long> beatsOfEarly = beats(early);
        assertThat(beatsOfEarly).hasSize(4).isEqualTo(beats(late));
    }

    /** A clock for durations may count from anywhere. */
    @Test
    void leader_byAClockBelowZero_beatsAsOftenAsByAnother() {
        LoneMachine leader = LoneMachine.ofThreeFrom(-1_000_000).become(RaftRole.LEADER);

        assertThat(beats(leader)).hasSize(4);
    }

    /** Times of the heartbeats within four periods, while the others answer. */
    private static List<Long> beats(LoneMachine leader) {
        leader.said();
        List<Long> times = new ArrayList<>();
        for (long passed = 0; passed < 4 * RaftOptions.DEFAULT.heartbeatMillis(); passed += 50) {
            leader.tick(50);
            if (leader.said().stream().anyMatch(Heartbeat.class::isInstance)) {
                times.add(leader.nowMillis());
                leader.hear(SECOND, leader.group.term(), new HeartbeatAnswer(0, 0, 1));
                leader.said();
            }
        }
        return times;
    }

    @Test
    void tick_thatChangesNothing_leavesNothingToFlush() {
        LoneMachine follower = LoneMachine.ofThree();
        follower.hear(SECOND, 1, new Heartbeat(0, 0, 0));
        assertThat(follower.group.onTick(50, 50)).isFalse();
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.letPass(RaftOptions.DEFAULT.heartbeatMillis());
        List<Boolean> ticks = new ArrayList<>();
        for (long passed = 50; passed <= RaftOptions.DEFAULT.heartbeatMillis(); passed += 50) {
            long now = leader.nowMillis() + passed;
            ticks.add(leader.group.onTick(now, now));
            leader.group.flush();
        }
        assertThat(ticks).containsExactlyInAnyOrder(true, false, false);
    }

    /** A majority is counted again only when the last count is too old: no later than when it would count. */
    @Test
    void leader_thatTheOthersStopAnswering_stepsDownAfterTheShortestElectionTime() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.letPass(500);
        leader.hear(SECOND, 1, new HeartbeatAnswer(0, 0, 1));
        leader.letPass(700);
        leader.hear(SECOND, 1, new HeartbeatAnswer(0, 0, 1));
        leader.letPass(RaftOptions.DEFAULT.electionMinMillis());
        assertThat(leader.group.view().role()).isEqualTo(RaftRole.LEADER);
        leader.tick(50);
        assertThat(leader.group.view().role()).isEqualTo(RaftRole.FOLLOWER);
        assertThat(leader.events).containsEntry(RaftEvent.STEPPED_DOWN_NO_MAJORITY, 1);
    }

    /** Not with the next beat, which is up to 150 ms later. */
    @Test
    void read_thatWaitsForRoomAmongRounds_isAskedForAsSoonAsAnswersMakeRoom() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.sync();
        leader.hear(SECOND, 1, AppendAnswer.accepted(1, 1));
        leader.said();
        int rounds = RaftOptions.DEFAULT.maxReadRounds();
        for (int read = 0; read <= rounds; read++) {
            leader.group.joinRead();
            leader.group.flush();
        }
        assertThat(roundsAsked(leader)).hasSize(rounds);
        leader.hear(SECOND, 1, new HeartbeatAnswer(0, rounds, 1));
        assertThat(leader.outbox.confirmed).hasSize(1);
        assertThat(roundsAsked(leader)).containsExactly((long) rounds + 1);
    }

    private static List<Long> roundsAsked(LoneMachine leader) {
        return leader.said().stream()
                .flatMap(body -> body instanceof Heartbeat beat ? Stream.of(beat.round()) : Stream.empty())
                .distinct()
                .toList();
    }

    /** The clock ticks every 50 ms; how often that meant something, over 9 s. */
    private static int duties(LoneMachine machine, long heartbeatMillis, Runnable heartbeat) {
        int duties = 0;
        for (int tick = 1; tick <= 180; tick++) {
            machine.pass(50);
            if (machine.isDue()) {
                duties++;
                machine.tick(0);
            }
            if (heartbeatMillis > 0 && tick * 50 % heartbeatMillis == 0) {
                heartbeat.run();
            }
        }
        return duties;
    }

    @Test
    void ticks_ofAGroupAtRest_meanSomethingToItsLeaderAlone_whenItIsToBeat() {
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        leader.sync();
        int beats = duties(leader, 150, () -> {
            leader.hear(SECOND, 1, AppendAnswer.accepted(1, 1));
            leader.said();
        });
        assertThat(beats).isEqualTo(9_000 / 150);
        LoneMachine follower = LoneMachine.ofThree();
        assertThat(duties(follower, 150, () -> follower.hear(SECOND, 1, new Heartbeat(0, 0, 0))))
                .isZero();
    }

    @Test
    void ticks_ofASilentGroup_areDueAsSoonAsSomethingFollows() {
        LoneMachine follower = LoneMachine.ofThree();
        follower.hear(SECOND, 1, new Heartbeat(0, 0, 0));
        assertThat(duties(follower, 0, () -> {})).isPositive();
        assertThat(follower.group.view().role()).isEqualTo(RaftRole.PRE_CANDIDATE);
        LoneMachine leader = LoneMachine.ofThree().become(RaftRole.LEADER);
        duties(leader, 0, () -> {});
        assertThat(leader.events).containsEntry(RaftEvent.STEPPED_DOWN_NO_MAJORITY, 1);
    }

    /** Told of no tick in vain, it knows nevertheless that the process stood still. */
    @Test
    void pause_ofAFollowerAtRest_isForgiven() {
        LoneMachine follower = LoneMachine.ofThree();
        duties(follower, 150, () -> follower.hear(SECOND, 1, new Heartbeat(0, 0, 0)));
        assertThat(follower.events).doesNotContainKey(RaftEvent.PAUSE_FORGIVEN);
        follower.pass(10_000);
        assertThat(follower.isDue()).isTrue();
        follower.tick(0);
        assertThat(follower.events).containsEntry(RaftEvent.PAUSE_FORGIVEN, 1);
        assertThat(follower.group.view().role()).isEqualTo(RaftRole.FOLLOWER);
        assertThat(follower.said()).noneMatch(RaftMessage.VoteRequest.class::isInstance);
    }
}
