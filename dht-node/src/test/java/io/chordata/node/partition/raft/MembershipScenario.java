package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.CampaignNow;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;
import java.util.List;
import java.util.Objects;

/** Who is a member, under which tenure, and of which release. */
enum MembershipScenario implements Scenario {
    /** In the paper's words a new server may vote twice in a term if it forgets; a tenure must not make it forget. */
    VOTER_REMOVED_AND_READDED_IN_ONE_TERM(4, 3) {
        @Override
        public void play(RaftScript script) {
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
        public void play(RaftScript script) {
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
    /** Its disk of blocks is gone: it acts no more as what it was, keeps its seat, and comes back in a later tenure. */
    VOTER_THAT_LOST_WHAT_IT_HELD_COMES_BACK(3, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            Member before = script.member(3);
            script.write(1);
            script.wipe(before);
            script.write(1);
            script.change(1, new Change.Renew(before));
            Member after = memberOfNewest(script, 3);
            script.await(
                    "3 to catch up",
                    () -> script.matchOf(1, after) == script.view(1).lastIndex());
            script.cutOff(2);
            long last = script.view(1).commitIndex();
            script.propose(1);
            script.letPass(500);
            assertThat(script.view(1).commitIndex())
                    .as("committed by a seat that nobody sits on")
                    .isEqualTo(last);
            script.mend();
            script.elect(1);
            script.move(1, List.of(script.member(1), script.member(2), after));
            script.cutOff(2);
            script.write(1);
            script.mend();
            script.expectAgreement();
        }
    },
    ANSWER_UNDER_A_TENURE_THAT_IS_NOT_KNOWN_YET(3, 3) {
        @Override
        public void play(RaftScript script) {
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
        public void play(RaftScript script) {
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
        public void play(RaftScript script) {
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
    /** Whoever leaves the joint configuration by one door before the term's first commit may meet who left it by the other. */
    BOTH_WAYS_OUT_OF_A_JOINT_CONFIGURATION(5, 3) {
        @Override
        public void play(RaftScript script) {
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
        public void play(RaftScript script) {
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
        public void play(RaftScript script) {
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
        public void play(RaftScript script) {
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
        public void play(RaftScript script) {
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
        public void play(RaftScript script) {
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
    /** The level rises when all members can follow, not before; who cannot is no voter, and skips nothing. */
    MIXED_LEVELS(4, 3) {
        @Override
        public void play(RaftScript script) {
            script.elect(1);
            script.upgrade(2, 2);
            script.upgrade(3, 2);
            script.letPass(1_000);
            assertThat(levelOf(script, 1)).isEqualTo(1);
            script.crash(1);
            script.elect(2);
            script.start(1);
            script.letPass(1_000);
            assertThat(levelOf(script, 2)).isEqualTo(1);
            script.upgrade(1, 2);
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
    /** Both in one turn: the level rises for those who are members, and who comes behind it waits for its release. */
    LEARNER_OF_AN_EARLIER_RELEASE_ADDED_RIGHT_BEHIND_THE_LEVEL(2, 1) {
        @Override
        public void play(RaftScript script) {
            script.upgrade(1, 2);
            script.elect(1);
            RaftGroup group = script.replica(1).group();
            script.replica(1).turn(() -> {
                group.onTick(script.node(1).nowMillis(), script.node(1).wallMillis());
                group.change(new Change.AddLearner(script.node(2).id));
            });
            Member old = memberOfNewest(script, 2);
            assertThat(script.count(RaftEvent.LEVEL_RAISED)).isEqualTo(1);
            long raised = old.tenure() - 1;
            assertThat(script.replica(1).shadow().entry(raised).level()).isEqualTo(2);
            script.await(
                    "2 to catch up",
                    () -> script.matchOf(1, old) == script.view(1).lastIndex());
            script.letPass(500);
            assertThat(script.replica(2).ledger().index()).as("applied by 2").isLessThan(raised);
            assertThat(group.refusal(new Change.EnterJoint(List.of(old)))).contains("can apply up to level 1");
            script.upgrade(2, 2);
            script.expectAgreement();
            script.change(1, new Change.EnterJoint(List.of(old)));
        }
    },
    TWO_NODES_OF_WHICH_ONE_LEARNS(2, 1) {
        @Override
        public void play(RaftScript script) {
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
    };

    private final int size;
    private final int voters;

    MembershipScenario(int size, int voters) {
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

    private static AppendAnswer accepted(long index) {
        return AppendAnswer.accepted(index, 1);
    }
}
