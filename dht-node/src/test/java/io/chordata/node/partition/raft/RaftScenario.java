package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import io.chordata.node.sim.SimNetwork.Weather;
import java.util.List;

/** Logs, votes, reads and leaders, under founders that stay. */
enum RaftScenario implements Scenario {
    /** Figure 8 of the Raft paper: an entry of an earlier term on most servers, which a later leader overwrites all the same. */
    ENTRY_OF_AN_EARLIER_TERM_ON_MOST_SERVERS(5, 5) {
        @Override
        public void play(RaftScript script) {
            script.cluster.network.become(IN_ORDER);
            script.elect(1);
            script.expectAgreement();
            script.cutOff(1, 2);
            long fought = script.propose(1);
            script.await("2 to have it", () -> script.replica(2).shadow().last() == fought);
            script.crash(1);
            script.cutOff(2);
            script.hold(message -> message.body() instanceof Append append
                    && message.from().equals(Members.founder(5))
                    && !append.entries().isEmpty());
            script.standAlone(5);
            script.await("5 to have its own", () -> script.node(5).disk.last() == fought);
            script.crash(5);
            script.cluster.lose();
            script.mend();
            script.cutOff(4, 5);
            script.start(1);
            Member third = Members.founder(3);
            script.hold(message -> message.to().equals(third)
                    && message.body() instanceof Append append
                    && append.lastIndex() > fought
                    && (script.isReplicating(1, third) || script.lastOf(third) == fought));
            script.standAlone(1);
            script.await("3 to have it too", () -> script.lastOf(third) == fought);
            script.letPass(500);
            script.crash(1);
            script.mend();
            script.start(5);
            script.cluster.lose();
            script.elect(5);
            script.start(1);
            script.expectAgreement();
            assertThat(script.replica(2).shadow().entry(fought).term())
                    .as("the term of entry %d", fought)
                    .isEqualTo(2);
        }

        @Override
        public RaftOptions options() {
            return withAppends(1, 32);
        }
    },
    /** One log is longer, the other has a later term, and what is committed. */
    LATER_TERM_BEATS_LONGER_LOG(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.expectAgreement();
            script.cutOffAndBreak(1);
            for (int i = 0; i < 5; i++) {
                script.propose(1);
            }
            script.elect(2);
            script.write(2);
            script.crash(2);
            script.mend();
            script.onlyMayCampaign(1);
            script.letPass(5_000);
            assertThat(script.cluster.leader()).isNull();
            script.elect(3);
            script.start(2);
            script.expectAgreement();
        }
    },
    /** The answers to a round are on their way when another takes over; then a read comes, then the answers. */
    READ_CONFIRMED_BY_A_ROUND_BEFORE_IT(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.expectAgreement();
            script.hold(message -> message.body() instanceof HeartbeatAnswer);
            script.read(1);
            script.awaitHeld("answers to the first round");
            script.cutOff(1);
            script.cluster.breakConnection(script.node(1), script.node(2));
            script.cluster.breakConnection(script.node(1), script.node(3));
            script.hold(message ->
                    message.body() instanceof HeartbeatAnswer && message.to().equals(Members.founder(1)));
            script.elect(2);
            script.write(2);
            script.read(1);
            script.cluster.release();
            assertThat(script.isAnswered(1))
                    .as("whether the second read is answered")
                    .isFalse();
            script.mend();
            script.expectAgreement();
        }
    },
    /** It has all that is committed, and does not know yet how much that is. */
    READ_OF_A_NEW_LEADER(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.expectAgreement();
            script.hold(message -> message.from().equals(Members.founder(1)) && showsCommit(message, 2));
            script.write(1);
            script.crash(1);
            script.cluster.lose();
            script.await(
                    "2 and 3 to have it",
                    () -> script.lastOf(script.member(2)) == 2 && script.lastOf(script.member(3)) == 2);
            script.hold(message -> message.body() instanceof AppendAnswer);
            script.standAlone(2);
            script.read(2);
            script.letPass(500);
            assertThat(script.isAnswered(2)).as("whether the read is answered").isFalse();
            script.cluster.release();
            script.await("the read to be answered", () -> script.isAnswered(2));
        }
    },
    /** Voters are asked anew when there are others. */
    ROUND_UNDER_AN_EARLIER_CONFIGURATION(4, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.expectAgreement();
            script.hold(message -> message.body() instanceof HeartbeatAnswer);
            script.read(1);
            script.awaitHeld("answers to the round");
            List<RaftMessage> early = script.cluster.heldBack();
            script.change(1, new Change.AddLearner(script.node(4).id));
            early.forEach(script.cluster::deliver);
            script.letPass(100);
            assertThat(script.isAnswered(1)).as("whether the read is answered").isFalse();
            assertThat(script.count(RaftEvent.READ_ANSWER_OUTDATED)).isPositive();
            script.cluster.release();
            script.await("the read to be answered", () -> script.isAnswered(1));
        }
    },
    HAND_OVER(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.everybodyMayCampaign();
            script.propose(1);
            RaftGroup group = script.replica(1).group();
            script.replica(1).turn(() -> group.handOver(script.member(3)));
            assertThat(group.mayPropose()).isFalse();
            script.await("3 to lead", 200, () -> script.isLeader(3));
            script.write(3);
            script.expectAgreement();
            assertThat(script.count(RaftEvent.ELECTED)).isEqualTo(2);
        }
    },
    HAND_OVER_TO_WHO_DOES_NOT_HEAR(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.everybodyMayCampaign();
            script.cutOff(3);
            RaftGroup group = script.replica(1).group();
            script.propose(1);
            script.replica(1).turn(() -> group.handOver(script.member(3)));
            script.await("1 to take commands again", 1_000, group::mayPropose);
            script.write(1);
            assertThat(script.count(RaftEvent.TRANSFER_GIVEN_UP)).isEqualTo(1);
        }
    },
    /** Those whose connection to it broke do not wait for an election time-out, nor do they heed that they heard it lately. */
    KILLED_LEADER_IS_REPLACED_SOON(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.everybodyMayCampaign();
            script.expectAgreement();
            script.cluster.network.become(LAN);
            script.cluster.kill(script.node(1));
            script.await("another leader", 600, () -> script.cluster.leader() != null);
        }
    },
    SILENT_LEADER_IS_REPLACED(5, 5) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.everybodyMayCampaign();
            script.expectAgreement();
            script.node(1).pause();
            script.await("another leader", 3_000, () -> script.cluster.leader() != null && !script.isLeader(1));
            script.write(script.leader().node.number);
            script.node(1).goOn();
            script.expectAgreement();
            assertThat(script.replica(1).leads()).isFalse();
        }
    },
    CUT_OFF_NODE_UNSEATS_NOBODY(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.everybodyMayCampaign();
            long term = script.term();
            script.cutOffAndBreak(3);
            script.letPass(20_000);
            assertThat(script.view(3).term()).as("the term of the one cut off").isEqualTo(term);
            script.write(1);
            script.mend();
            script.expectAgreement();
            assertThat(script.isLeader(1)).isTrue();
            assertThat(script.term()).isEqualTo(term);
        }
    },
    LEADER_WITHOUT_MAJORITY_STEPS_DOWN(5, 5) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.cutOff(1, 2);
            script.await("1 to step down", 1_100, () -> !script.replica(1).leads());
            assertThat(script.count(RaftEvent.STEPPED_DOWN_NO_MAJORITY)).isEqualTo(1);
        }
    },
    CLOCK_A_YEAR_AHEAD(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.node(2).jumpClock(365 * RaftScript.DAY_MILLIS);
            script.elect(1);
            script.expectAgreement();
            script.onlyMayCampaign(1, 3);
            script.crash(1);
            script.await("3 to lead", () -> script.isLeader(3));
            script.write(3);
            script.start(1);
            script.expectAgreement();
            script.crash(3);
            script.await("1 to lead", () -> script.isLeader(1));
            script.write(1);
            script.start(3);
            script.expectAgreement();
            long last = script.replica(1).shadow().last();
            assertThat(script.replica(1).shadow().entry(last).timeMillis())
                    .as("log time")
                    .isLessThan(RaftNode.WALL_START_MILLIS + RaftScript.DAY_MILLIS);
        }
    },
    CLOCK_OF_THE_LEADER_SET_BACK(1, 1) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.node(1).jumpClock(-RaftScript.DAY_MILLIS);
            script.letPass(200);
            script.write(1);
            script.upgrade(1, 1);
            script.elect(1);
            script.write(1);
        }
    },
    /** It was delayed, and what came after it is acknowledged. */
    LATE_APPEND_UNDOES_NOTHING(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.expectAgreement();
            script.cutOff(2);
            Member third = script.member(3);
            long first = script.lastOf(third) + 1;
            script.hold(message -> message.to().equals(third) && message.body() instanceof Append);
            script.propose(1);
            script.propose(1);
            script.await("two appends", () -> script.cluster.heldBack().size() == 2);
            RaftMessage early = script.cluster.heldBack().get(0);
            script.cluster.release();
            script.hold(message -> message.to().equals(third) && showsCommit(message, first));
            script.await("both to be done", () -> script.replica(1).ledger().index() == first + 1);
            script.cluster.deliver(early);
            assertThat(script.lastOf(third)).isEqualTo(first + 1);
        }
    },
    /** All that may be unanswered is lost, and more waits to be sent. */
    FULL_WINDOW_IS_LOST(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.expectAgreement();
            script.hold(message -> message.to().equals(Members.founder(3)) && message.body() instanceof Append);
            for (int i = 0; i < 10; i++) {
                script.write(1);
            }
            script.hold(message -> false);
            script.await(
                    "3 to have all",
                    1_000,
                    () -> script.replica(3).shadow().last()
                            == script.replica(1).shadow().last());
        }

        @Override
        public RaftOptions options() {
            return withAppends(1, 2);
        }
    },
    /** The offer is of something before the last entry that this follower acknowledged, and it has not heard of the commit. */
    SNAPSHOT_OFFERED_TO_A_LOG_THAT_HAS_IT(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.cluster.network.become(IN_ORDER);
            RaftReplica leader = script.elect(1);
            script.expectAgreement();
            script.cutOff(2);
            Member third = script.member(3);
            long offered = leader.shadow().last() + 1;
            long last = offered + 1;
            script.hold(message -> showsCommit(message, offered) && message.to().equals(third)
                    || message.body() instanceof AppendAnswer answer && answer.index() == last);
            script.propose(1);
            script.propose(1);
            script.await("the first to be done", () -> leader.ledger().index() == offered);
            leader.prepareSnapshot(third);
            script.awaitHeld("the acknowledgement of the second");
            script.letPass(110);
            script.hold(message -> showsCommit(message, offered) && message.to().equals(third));
            script.cluster.heldBack().stream()
                    .filter(message -> message.body() instanceof AppendAnswer)
                    .forEach(script.cluster::deliver);
            script.await("the second to be done", () -> leader.ledger().index() == last);
            assertThat(script.view(3).commitIndex()).isLessThan(offered);
            script.cluster.deliver(
                    new RaftMessage(leader.self, third, 0, script.term(), new SnapshotOffer(offered, script.term())));
            script.letPass(300);
            script.crash(1);
            script.mend();
            script.onlyMayCampaign(2, 3);
            script.await("another leader", () -> script.cluster.leader() != null);
            assertThat(script.isLeader(3))
                    .as("who has what was committed leads")
                    .isTrue();
        }
    };

    private static final Weather IN_ORDER = new Weather(1, 1, 0, 0, 0, 0);
    private static final Weather LAN = new Weather(0, 2, 0, 0, 0, 0);

    private final int size;
    private final int voters;

    RaftScenario(int size, int voters) {
        this.size = size;
        this.voters = voters;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int voters() {
        return voters;
    }

    static RaftOptions withAppends(int maxEntries, int maxInflight) {
        RaftOptions all = RaftOptions.DEFAULT;
        return new RaftOptions(
                all.heartbeatMillis(),
                all.electionMinMillis(),
                all.electionMaxMillis(),
                all.lostLeaderMillis(),
                maxEntries,
                all.maxAppendBytes(),
                maxInflight,
                all.maxInflightBytes(),
                all.maxMemoryBytes(),
                all.maxReadRounds(),
                all.supportedLevel());
    }

    private static boolean showsCommit(RaftMessage message, long index) {
        return message.body() instanceof Heartbeat heartbeat && heartbeat.commit() >= index
                || message.body() instanceof Append append && append.commit() >= index;
    }
}
