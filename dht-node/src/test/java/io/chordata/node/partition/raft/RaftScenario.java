package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.CampaignNow;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;
import io.chordata.node.sim.SimNetwork.Weather;
import java.util.List;
import java.util.Objects;

/** What is easy to get wrong, each played by itself. What must always hold, the oracle sees to. */
enum RaftScenario {
    /** Figure 8 of the Raft paper: an entry of an earlier term on most servers, which a later leader overwrites all the same. */
    ENTRY_OF_AN_EARLIER_TERM_ON_MOST_SERVERS(5, 5) {
        @Override
        void play(RaftScript script) {
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
        RaftOptions options() {
            return withAppends(1, 32);
        }
    },
    /** One log is longer, the other has a later term, and what is committed. */
    LATER_TERM_BEATS_LONGER_LOG(3, 3) {
        @Override
        void play(RaftScript script) {
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
    /** In the paper's words a new server may vote twice in a term if it forgets; a tenure must not make it forget. */
    VOTER_REMOVED_AND_READDED_IN_ONE_TERM(4, 3) {
        @Override
        void play(RaftScript script) {
            script.cutOff(2);
            script.elect(1);
            long term = script.term();
            script.mend();
            Member before = script.member(3);
            Member substitute = script.addLearner(1, 4);
            script.move(1, List.of(script.member(1), script.member(2), substitute));
            script.wipe(before);
            Member after = script.addLearner(1, 3);
            script.move(1, List.of(script.member(1), script.member(2), after));
            assertThat(after.tenure()).isGreaterThan(before.tenure());
            assertThat(script.term()).isEqualTo(term);
            script.crash(1, 3);
            script.start(3);
            script.hold(message -> message.body() instanceof VoteAnswer);
            script.cluster.deliver(
                    new RaftMessage(script.member(2), after, 0, term, new VoteRequest(false, true, 1_000, term)));
            script.awaitHeld("the answer of 3");
            assertThat(script.cluster.heldBack())
                    .allSatisfy(answer -> assertThat(answer.body()).isEqualTo(new VoteAnswer(false, false)));
        }
    },
    /** It comes when the same node is a member again, under a later tenure, with an empty log. */
    ACKNOWLEDGEMENT_OF_AN_EARLIER_TENURE(4, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            Member before = script.member(3);
            script.hold(message -> message.from().equals(before) && message.body() instanceof AppendAnswer);
            script.write(1);
            script.awaitHeld("the acknowledgement of 3");
            Member substitute = script.addLearner(1, 4);
            script.move(1, List.of(script.member(1), script.member(2), substitute));
            script.wipe(before);
            script.cutOff(3);
            script.change(1, new Change.AddLearner(script.node(3).id));
            Member after = memberOfNewest(script, 3);
            script.cluster.release();
            assertThat(script.matchOf(1, after))
                    .as("what %s is known to have", after)
                    .isZero();
            script.mend();
            script.expectAgreement();
        }
    },
    ANSWER_UNDER_A_TENURE_THAT_IS_NOT_KNOWN_YET(3, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            script.expectAgreement();
            script.cutOff(3);
            long index = script.write(1);
            script.cluster.deliver(new RaftMessage(
                    new Member(script.node(3).id, index), script.member(1), 0, script.term(), accepted(index)));
            assertThat(script.matchOf(1, Members.founder(3))).isLessThan(index);
            assertThat(script.count(RaftEvent.ACKNOWLEDGEMENT_IGNORED)).isEqualTo(1);
        }
    },
    /** A hand-over from before reaches the node once it is another member. */
    ORDER_TO_CAMPAIGN_FOR_AN_EARLIER_TENURE(4, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            Member before = script.member(3);
            script.hold(message -> message.body() instanceof CampaignNow);
            script.replica(1).turn(() -> script.replica(1).group().handOver(before));
            script.await("an end of the hand-over", () -> script.count(RaftEvent.TRANSFER_GIVEN_UP) == 1);
            Member substitute = script.addLearner(1, 4);
            script.move(1, List.of(script.member(1), script.member(2), substitute));
            script.wipe(before);
            Member after = script.addLearner(1, 3);
            script.move(1, List.of(script.member(1), script.member(2), after));
            script.everybodyMayCampaign();
            long term = script.term();
            script.cluster.release();
            script.letPass(3_000);
            assertThat(script.isLeader(1)).isTrue();
            assertThat(script.term()).isEqualTo(term);
        }
    },
    /** Its leader wanted it to campaign. Now it is to come back as another member, and its request arrives. */
    REQUEST_FOR_VOTES_FROM_AN_EARLIER_TENURE(4, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            script.onlyMayCampaign(1, 3);
            script.expectAgreement();
            Member before = script.member(3);
            script.await(
                    "1 to know",
                    () -> script.matchOf(1, before) == script.view(1).lastIndex());
            script.hold(message -> message.from().equals(before));
            script.replica(1).turn(() -> script.replica(1).group().handOver(before));
            script.await("requests of 3", () -> !requestsForVotes(script).isEmpty());
            List<RaftMessage> requests = requestsForVotes(script);
            script.crash(3);
            script.cluster.lose();
            script.await("an end of the hand-over", () -> script.count(RaftEvent.TRANSFER_GIVEN_UP) == 1);
            Member substitute = script.addLearner(1, 4);
            script.move(1, List.of(script.member(1), script.member(2), substitute));
            script.change(1, new Change.AddLearner(script.node(3).id));
            long term = script.term();
            script.await("2 to know", () -> script.view(2).configuration().memberOf(before.node()) != null);
            requests.forEach(script.cluster::deliver);
            script.letPass(3_000);
            assertThat(script.isLeader(1)).isTrue();
            assertThat(script.term()).isEqualTo(term);
            assertThat(script.count(RaftEvent.EARLIER_TENURE_IGNORED)).isPositive();
        }
    },
    /** The answers to a round are on their way when another takes over; then a read comes, then the answers. */
    READ_CONFIRMED_BY_A_ROUND_BEFORE_IT(3, 3) {
        @Override
        void play(RaftScript script) {
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
        void play(RaftScript script) {
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
        void play(RaftScript script) {
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
    /** Whoever leaves the joint configuration by one door before the term's first commit may meet who left it by the other. */
    BOTH_WAYS_OUT_OF_A_JOINT_CONFIGURATION(5, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            Member fourth = script.addLearner(1, 4);
            Member fifth = script.addLearner(1, 5);
            script.change(1, new Change.EnterJoint(List.of(script.member(1), fourth, fifth)));
            script.expectAgreement();
            script.cutOffAndBreak(1);
            script.mayChange(1, new Change.LeaveJoint());
            script.hold(message -> message.body() instanceof Append);
            script.standAlone(2);
            script.mayChange(2, new Change.ReturnFromJoint());
            script.cutOffAndBreak(2, 3);
            script.cluster.lose();
            script.letPass(300);
            script.onlyMayCampaign(1);
            script.letPass(5_000);
            script.mend();
            script.everybodyMayCampaign();
            script.await("a leader", () -> script.cluster.leader() != null);
            script.expectAgreement();
        }
    },
    SECOND_CHANGE_BEFORE_THE_FIRST_IS_COMMITTED(5, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            Member fourth = script.addLearner(1, 4);
            Member fifth = script.addLearner(1, 5);
            script.expectAgreement();
            script.cutOffAndBreak(2, 3);
            assertThat(script.mayChange(1, new Change.EnterJoint(List.of(script.member(1), fourth, fifth))))
                    .isTrue();
            script.mayChange(1, new Change.LeaveJoint());
            script.elect(2);
            script.write(2);
            script.letPass(1_000);
            script.mend();
            script.expectAgreement();
        }
    },
    /** The new voters know that they are to be, two of the old do not: only those can elect. */
    NEW_VOTERS_ALONE_ELECT_NOBODY(5, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            Member fourth = script.addLearner(1, 4);
            Member fifth = script.addLearner(1, 5);
            script.expectAgreement();
            script.cutOff(2, 3);
            script.mayChange(1, new Change.EnterJoint(List.of(script.member(1), fourth, fifth)));
            script.await("4 to know", () -> script.view(4).configuration().isJoint());
            script.await("5 to know", () -> script.view(5).configuration().isJoint());
            script.crash(1);
            script.onlyMayCampaign(2, 4);
            script.await("one of the old to lead", () -> script.isLeader(2));
            script.letPass(3_000);
            assertThat(script.isLeader(2)).isTrue();
            script.mend();
            script.start(1);
            script.expectAgreement();
        }
    },
    /** The new voters know that the change is over, two of the old do not: only those can elect. */
    OLD_VOTERS_ALONE_ELECT_NOBODY(5, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            Member fourth = script.addLearner(1, 4);
            Member fifth = script.addLearner(1, 5);
            script.change(1, new Change.EnterJoint(List.of(script.member(1), fourth, fifth)));
            script.expectAgreement();
            script.cutOff(2, 3);
            script.change(1, new Change.LeaveJoint());
            script.await("5 to know", () -> !script.view(5).configuration().isJoint());
            script.crash(1);
            script.onlyMayCampaign(2, 4);
            script.await("one of the new to lead", () -> script.isLeader(4));
            script.letPass(3_000);
            assertThat(script.isLeader(4)).isTrue();
            script.start(1);
            script.mend();
            script.write(4);
        }
    },
    LEADER_REMOVED_BY_ITS_OWN_CHANGE(4, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            Member fourth = script.addLearner(1, 4);
            script.everybodyMayCampaign();
            script.change(1, new Change.EnterJoint(List.of(script.member(2), script.member(3), fourth)));
            script.write(1);
            assertThat(script.isLeader(1))
                    .as("it leads a group whose new voters it is not among")
                    .isTrue();
            script.change(1, new Change.LeaveJoint());
            assertThat(script.replica(1).leads()).isFalse();
            assertThat(script.count(RaftEvent.STEPPED_DOWN_REMOVED)).isEqualTo(1);
            script.await("another leader", () -> script.cluster.leader() != null);
            script.write(script.leader().node.number);
            script.letPass(5_000);
            assertThat(script.count(RaftEvent.ELECTED)).as("elections").isEqualTo(2);
        }
    },
    /** Only it knows that it is out; the one voter that is left lacks entries and needs its vote, and it needs to be elected. */
    LEADER_THAT_REMOVED_ITSELF_IS_STILL_NEEDED(2, 1) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            Member second = script.addLearner(1, 2);
            script.change(1, new Change.EnterJoint(List.of(second)));
            script.expectAgreement();
            script.cutOff(2);
            script.mayChange(1, new Change.LeaveJoint());
            script.letPass(100);
            script.crash(1);
            script.start(1);
            script.mend();
            script.everybodyMayCampaign();
            script.await("2 to lead", 10_000, () -> script.isLeader(2));
            script.write(2);
            assertThat(script.view(2).configuration().members()).containsExactly(second);
        }
    },
    HAND_OVER(3, 3) {
        @Override
        void play(RaftScript script) {
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
        void play(RaftScript script) {
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
        void play(RaftScript script) {
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
        void play(RaftScript script) {
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
        void play(RaftScript script) {
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
        void play(RaftScript script) {
            script.elect(1);
            script.cutOff(1, 2);
            script.await("1 to step down", 1_100, () -> !script.replica(1).leads());
            assertThat(script.count(RaftEvent.STEPPED_DOWN_NO_MAJORITY)).isEqualTo(1);
        }
    },
    CLOCK_A_YEAR_AHEAD(3, 3) {
        @Override
        void play(RaftScript script) {
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
        void play(RaftScript script) {
            script.elect(1);
            script.node(1).jumpClock(-RaftScript.DAY_MILLIS);
            script.letPass(200);
            script.write(1);
            script.upgrade(1, 1);
            script.elect(1);
            script.write(1);
        }
    },
    /** The level rises when all members can follow, not before; who cannot is no voter, and skips nothing. */
    MIXED_LEVELS(4, 3) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            script.upgrade(2, 2);
            script.upgrade(3, 2);
            script.letPass(1_000);
            assertThat(levelOf(script, 1)).isEqualTo(1);
            script.upgrade(1, 2);
            script.elect(2);
            script.await("level 2", () -> levelOf(script, 2) == 2);
            long raised = script.write(2);
            script.change(2, new Change.AddLearner(script.node(4).id));
            Member old = memberOfNewest(script, 4);
            script.await(
                    "4 to catch up",
                    () -> script.matchOf(2, old) == script.view(2).lastIndex());
            script.letPass(500);
            assertThat(script.replica(4).ledger().index()).as("applied by 4").isLessThan(raised);
            assertThat(script.replica(2)
                            .group()
                            .refusal(new Change.EnterJoint(List.of(script.member(1), script.member(2), old))))
                    .contains("can apply up to level 1");
            script.upgrade(4, 2);
            script.expectAgreement();
            script.move(2, List.of(script.member(1), script.member(2), old));
        }
    },
    TWO_NODES_OF_WHICH_ONE_LEARNS(2, 1) {
        @Override
        void play(RaftScript script) {
            script.elect(1);
            script.addLearner(1, 2);
            script.everybodyMayCampaign();
            script.cutOffAndBreak(2);
            script.write(1);
            script.mend();
            script.expectAgreement();
            script.cluster.kill(script.node(1));
            script.letPass(10_000);
            assertThat(script.cluster.leader()).as("with the one voter gone").isNull();
            script.start(1);
            script.await("1 to lead", 1_000, () -> script.isLeader(1));
            script.write(1);
            script.expectAgreement();
        }
    },
    /** It was delayed, and what came after it is acknowledged. */
    LATE_APPEND_UNDOES_NOTHING(3, 3) {
        @Override
        void play(RaftScript script) {
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
        void play(RaftScript script) {
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
        RaftOptions options() {
            return withAppends(1, 2);
        }
    },
    /** The offer is of something before the last entry that this follower acknowledged, and it has not heard of the commit. */
    SNAPSHOT_OFFERED_TO_A_LOG_THAT_HAS_IT(3, 3) {
        @Override
        void play(RaftScript script) {
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

    abstract void play(RaftScript script);

    RaftOptions options() {
        return RaftOptions.DEFAULT;
    }

    /** With another seed chance falls differently; what is expected is the same. */
    void play(long seed, RaftRules rules) {
        RaftScript script = RaftScript.begin(seed, rules, options(), size, voters);
        try {
            play(script);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + script.cluster.journal, e);
        }
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

    private static Member memberOfNewest(RaftScript script, int number) {
        Member member = script.leader().group().view().configuration().memberOf(script.node(number).id);
        return Objects.requireNonNull(member, () -> "node %d is not in the newest configuration".formatted(number));
    }

    private static List<RaftMessage> requestsForVotes(RaftScript script) {
        return script.cluster.heldBack().stream()
                .filter(message -> message.body() instanceof VoteRequest)
                .toList();
    }

    private static int levelOf(RaftScript script, int number) {
        ShadowLog log = script.replica(number).shadow();
        return log.entry(log.last()).level();
    }

    private static boolean showsCommit(RaftMessage message, long index) {
        return message.body() instanceof Heartbeat heartbeat && heartbeat.commit() >= index
                || message.body() instanceof Append append && append.commit() >= index;
    }

    private static AppendAnswer accepted(long index) {
        return AppendAnswer.accepted(index, 1);
    }
}
