package io.chordata.node.partition.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a leader does, in which order; where a rule forbids something, also what comes of it without the rule. */
class MoverTest {
    private final Set<PartitionId> arrived = new HashSet<>();
    private static final int LONG_MILLIS = 20_000;

    private static FakeGroup group(int... voters) {
        return new FakeGroup(MoveRules.DESIGN, voters);
    }

    @Test
    void voter_notDesired_givesWayToOneThatIs() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4).passMillis(5_000);
        assertThat(group.done)
                .containsExactly(
                        "ask 4", "LEARNER_ADDED", "backfill 4", "JOINT_ENTERED", "settle", "JOINT_LEFT", "order 3");
    }

    @Test
    void groupOfOne_withTwoNewcomers_takesBothInOneStep() {
        FakeGroup group = group(1).ring(1, 2, 3).passMillis(5_000);
        assertThat(group.done).containsSubsequence("LEARNER_ADDED", "LEARNER_ADDED", "JOINT_ENTERED", "JOINT_LEFT");
        assertThat(group.done).containsOnlyOnce("JOINT_ENTERED");
        assertThat(group.configuration().voters()).hasSize(3);
    }

    @Test
    void voters_severalNotDesired_goOneAfterTheOther() {
        FakeGroup group = group(1, 2, 3).ring(1, 4, 5).passMillis(LONG_MILLIS);
        assertThat(group.done.stream().filter("JOINT_ENTERED"::equals)).hasSize(2);
        assertThat(group.configuration().voters()).hasSize(3);
    }

    @Test
    void voter_withNobodyToTakeItsPlace_stays() {
        FakeGroup group = group(1, 2, 3).ring(1, 2).is(3, NodeCondition.GONE).passMillis(LONG_MILLIS);
        assertThat(group.done).isEmpty();
    }

    @Test
    void placement_thatJustChanged_movesNothing() {
        assertThat(group(1, 2, 3).ring(1, 2, 4).passMillis(400).done).isEmpty();
        MoveRules hasty = new MoveRules() {
            @Override
            public boolean isSteady(long unchangedMillis, long steadyMillis) {
                return true;
            }
        };
        assertThat(new FakeGroup(hasty, 1, 2, 3).ring(1, 2, 4).passMillis(400).done)
                .isNotEmpty();
    }

    @Test
    void newcomer_thatRefuses_isAskedAgainLater() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4);
        group.answer = NewcomerAnswer.OTHER_RING;
        group.passMillis(3_000);
        assertThat(group.done).containsOnly("ask 4").hasSizeGreaterThan(3);
        assertThat(group.mover().refusal()).isEqualTo(NewcomerAnswer.OTHER_RING);
    }

    /** Else a full node, or one with a copy that is in the way, would keep a group from ever being whole. */
    @Test
    void newcomer_thatRefuses_keepsNobodyElseFromComing() {
        FakeGroup group = group(1, 2, 3).ring(1, 4, 5).is(2, NodeCondition.GONE);
        group.refusing.add(MoveCluster.id(4));
        group.passMillis(5_000);
        assertThat(group.done).contains("ask 4", "ask 5", "JOINT_LEFT");
        assertThat(group.configuration().memberOf(MoveCluster.id(5))).isNotNull();
        assertThat(group.configuration().memberOf(MoveCluster.id(2))).isNull();
        group.refusing.clear();
        group.passMillis(LONG_MILLIS);
        assertThat(group.configuration().voters())
                .extracting(Member::node)
                .containsExactlyElementsOf(MoveScenario.ids(1, 4, 5));
    }

    @Test
    void groupOfOne_ofWhoseNewcomersOneRefuses_fillsTheOther() {
        FakeGroup group = group(1).ring(1, 2, 3);
        group.refusing.add(MoveCluster.id(2));
        group.passMillis(5_000);
        assertThat(group.done).contains("ask 2", "ask 3", "backfill 3").doesNotContain("JOINT_ENTERED");
    }

    @Test
    void learner_thatIsFarBehind_doesNotVote() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4);
        group.behind.add(MoveCluster.id(4));
        assertThat(group.passMillis(2_000).done).doesNotContain("JOINT_ENTERED");
        MoveRules trusting = new MoveRules() {
            @Override
            public boolean isClose(boolean isReplicating, long match, long last, long closeEntries) {
                return true;
            }
        };
        FakeGroup broken = new FakeGroup(trusting, 1, 2, 3).ring(1, 2, 4);
        broken.behind.add(MoveCluster.id(4));
        assertThat(broken.passMillis(2_000).done).contains("JOINT_ENTERED");
    }

    @Test
    void learner_withoutItsBlocks_doesNotVote() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4);
        group.isBackfilling = true;
        assertThat(group.passMillis(3_000).done).contains("backfill 4").doesNotContain("JOINT_ENTERED");
        MoveRules careless = new MoveRules() {
            @Override
            public boolean isBackfillNeeded() {
                return false;
            }
        };
        FakeGroup broken = new FakeGroup(careless, 1, 2, 3).ring(1, 2, 4);
        broken.isBackfilling = true;
        assertThat(broken.passMillis(3_000).done).contains("JOINT_ENTERED");
    }

    @Test
    void learner_thatNeverAnswers_isRemovedAndAddedAnew() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4);
        group.behind.add(MoveCluster.id(4));
        assertThat(group.passMillis(5_000).done)
                .containsSubsequence("LEARNER_ADDED", "LEARNER_REMOVED", "LEARNER_ADDED", "order 4");
    }

    @Test
    void voter_thatNeverAnswersThoughItsNodeIsThere_comesBackInAnotherTenure() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 3);
        group.lost.add(new Member(MoveCluster.id(3), 0));
        assertThat(group.passMillis(5_000).done)
                .containsExactly(
                        "ask 3", "LEARNER_ADDED", "backfill 3", "JOINT_ENTERED", "settle", "JOINT_LEFT", "order 3");
        assertThat(group.configuration().voters()).hasSize(3);
        assertThat(group.configuration().memberOf(MoveCluster.id(3))).isNotEqualTo(new Member(MoveCluster.id(3), 0));

        FakeGroup down = group(1, 2, 3).ring(1, 2, 3).is(3, NodeCondition.SUSPECT);
        down.lost.add(new Member(MoveCluster.id(3), 0));
        assertThat(down.passMillis(5_000).done).isEmpty();
    }

    @Test
    void newcomer_thatVotesAlready_doesNotComeAnew() {
        arrived.add(new PartitionId(1));
        Newcomer newcomer = new Newcomer(MoveCluster.OPTIONS, MoveRules.DESIGN, arrived::contains);
        Desired own = new Desired(MoveScenario.ids(1, 2, 3), 0);
        assertThat(newcomer.onAsk(new PartitionId(1), own.members(), false, own, NodeCondition.ALIVE, null, 1_000))
                .isEqualTo(NewcomerAnswer.VOTES_ALREADY);
    }

    @Test
    void newcomerThatDies_whileJoint_isTakenBack() {
        assertThat(doneWhereTheNewcomerDies(MoveRules.DESIGN)).contains("JOINT_RETURNED");
        MoveRules stubborn = new MoveRules() {
            @Override
            public boolean returnsFrom(NodeCondition newcomer) {
                return false;
            }
        };
        assertThat(doneWhereTheNewcomerDies(stubborn)).doesNotContain("JOINT_RETURNED");
    }

    @Test
    void order_thatNobodyConfirms_isGivenUp_andKeepsNothingBack() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4);
        group.areOrdersLost = true;
        group.passMillis(20_000);
        assertThat(group.done).filteredOn("order 3"::equals).hasSize(4);
        assertThat(group.mover().isBusy()).isFalse();

        FakeGroup several = group(1, 2, 3).ring(1, 4, 5);
        several.areOrdersLost = true;
        several.passMillis(3_000);
        assertThat(several.done).filteredOn("JOINT_LEFT"::equals).hasSize(2);
    }

    @Test
    void newcomer_thatAnswersNoMoreThoughItsNodeIsThere_isTakenBackAndAddedAnew() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4);
        while (!group.configuration().isJoint()) {
            group.passMillis(100);
        }
        group.behind.add(MoveCluster.id(4));
        assertThat(group.passMillis(5_000).done)
                .containsSubsequence("JOINT_RETURNED", "LEARNER_REMOVED", "LEARNER_ADDED", "order 4")
                .doesNotContain("JOINT_LEFT");
    }

    private static List<String> doneWhereTheNewcomerDies(MoveRules rules) {
        FakeGroup group = new FakeGroup(rules, 1, 2, 3).ring(1, 2, 4);
        while (!group.configuration().isJoint()) {
            group.passMillis(100);
        }
        return group.is(4, NodeCondition.DOWN).passMillis(1_000).done;
    }

    @Test
    void memberThatIsDown_isReplacedAfterItsTime_unlessTooMuchIsDown() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4).is(3, NodeCondition.DOWN);
        assertThat(group.passMillis(2_400).done).isEmpty();
        assertThat(group.passMillis(5_000).configuration().memberOf(MoveCluster.id(3)))
                .isNull();

        FakeGroup braked = group(1, 2, 3).ring(1, 2, 4).is(3, NodeCondition.DOWN);
        braked.isBraked = true;
        assertThat(braked.passMillis(LONG_MILLIS).done).isEmpty();
        MoveRules eager = new MoveRules() {
            @Override
            public boolean isReplaceable(long downMillis, long replaceAfterMillis, boolean isBraked) {
                return true;
            }
        };
        FakeGroup broken = new FakeGroup(eager, 1, 2, 3).ring(1, 2, 4).is(3, NodeCondition.DOWN);
        broken.isBraked = true;
        assertThat(broken.passMillis(2_400).done).isNotEmpty();
    }

    @Test
    void member_thatComesBackInTime_stays() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 3).is(3, NodeCondition.DOWN).passMillis(2_000);
        group.is(3, NodeCondition.ALIVE)
                .passMillis(500)
                .is(3, NodeCondition.DOWN)
                .ring(1, 2, 4);
        assertThat(group.passMillis(2_000).done).isEmpty();
    }

    @Test
    void leadership_goesToTheFirstDesired_onceHealthyAndNotTooOften() {
        FakeGroup group = group(1, 2, 3).ring(2, 1, 3).is(2, NodeCondition.DOWN).passMillis(2_000);
        group.is(2, NodeCondition.ALIVE).passMillis(500);
        assertThat(group.done).as("healthy for too short a time").isEmpty();
        group.passMillis(1_300);
        assertThat(group.done).containsExactly("hand over to 2");
        group.passMillis(3_000);
        assertThat(group.done).as("in 4.8 s, at most every 1.5 s").hasSizeLessThanOrEqualTo(3);
        MoveRules restless = new MoveRules() {
            @Override
            public boolean mayHandOver(long leading, long pause, long healthy, long healthyMin) {
                return true;
            }
        };
        FakeGroup broken = new FakeGroup(restless, 1, 2, 3).ring(2, 1, 3).passMillis(3_000);
        assertThat(broken.done).hasSizeGreaterThan(10);
    }

    @Test
    void move_thatMayNotBegin_saysHowUrgentItIs() {
        FakeGroup group = group(1, 2, 3).ring(1, 2, 4).is(3, NodeCondition.DRAINING);
        group.mayBegin = false;
        assertThat(group.passMillis(2_000).done).isEmpty();
        assertThat(group.mover().wanted()).isEqualTo(new MovePriority(3, true));
    }

    @Test
    void queue_letsTheMostUrgentBegin_upToItsRoom() {
        MoveQueue queue = new MoveQueue(2, 1_000, MoveRules.DESIGN);
        queue.note(partition(0), false, new MovePriority(3, false), 0);
        queue.note(partition(1), false, new MovePriority(3, true), 0);
        queue.note(partition(2), false, new MovePriority(2, false), 0);
        assertThat(queue.mayBegin(partition(2), 0)).isTrue();
        assertThat(queue.mayBegin(partition(1), 0)).isTrue();
        assertThat(queue.mayBegin(partition(0), 0)).isFalse();
        queue.note(partition(2), true, null, 0);
        queue.note(partition(1), false, null, 0);
        assertThat(queue.mayBegin(partition(0), 0)).isTrue();
        queue.note(partition(3), true, null, 0);
        assertThat(queue.mayBegin(partition(0), 0)).isFalse();
    }

    private static PartitionId partition(int number) {
        return new PartitionId(number);
    }

    @Test
    void newcomer_refusesWhatItComputesOtherwise_andMoreThanItMay() {
        Newcomer newcomer = new Newcomer(MoveCluster.OPTIONS, MoveRules.DESIGN, arrived::contains);
        List<NodeId> members = MoveScenario.ids(1, 2, 4);
        assertThat(ask(newcomer, 0, MoveScenario.ids(1, 2, 3), members)).isEqualTo(NewcomerAnswer.OTHER_RING);
        assertThat(ask(newcomer, 0, MoveScenario.ids(4, 2, 1), members)).isEqualTo(NewcomerAnswer.WELCOME);
        assertThat(ask(newcomer, 1, members, members)).isEqualTo(NewcomerAnswer.WELCOME);
        assertThat(ask(newcomer, 2, members, members)).isEqualTo(NewcomerAnswer.TOO_MANY);
        assertThat(ask(newcomer, 1, members, members)).isEqualTo(NewcomerAnswer.WELCOME);
        assertThat(newcomer.coming(1_499)).isEqualTo(2);
        arrived.add(partition(0));
        assertThat(newcomer.coming(1_499)).as("one has arrived").isEqualTo(1);
        assertThat(ask(newcomer, 2, members, members)).isEqualTo(NewcomerAnswer.WELCOME);
        assertThat(newcomer.coming(1_500)).as("nobody mentions them any more").isZero();
    }

    private static NewcomerAnswer ask(Newcomer newcomer, int partition, List<NodeId> asked, List<NodeId> own) {
        return newcomer.onAsk(partition(partition), asked, false, new Desired(own, 0), NodeCondition.ALIVE, null, 0);
    }

    @Test
    void newcomer_thatIsFullOrLeaving_takesNothing() {
        Newcomer newcomer = new Newcomer(MoveCluster.OPTIONS, MoveRules.DESIGN, arrived::contains);
        List<NodeId> members = MoveScenario.ids(1, 2, 4);
        Desired own = new Desired(members, 0);
        assertThat(newcomer.onAsk(partition(0), members, false, own, NodeCondition.ALIVE, NewcomerAnswer.FULL, 0))
                .isEqualTo(NewcomerAnswer.FULL);
        assertThat(newcomer.onAsk(partition(0), members, false, own, NodeCondition.DRAINING, null, 0))
                .isEqualTo(NewcomerAnswer.LEAVING);
        assertThat(newcomer.onAsk(partition(0), members, true, own, NodeCondition.ALIVE, NewcomerAnswer.FULL, 0))
                .as("it is on its way already")
                .isEqualTo(NewcomerAnswer.WELCOME);
    }

    @Test
    void brake_whereMoreThanAThirdOrTwoZonesAreDown_isOn() {
        assertThat(PlacementWatch.isBraked(List.of(node(1, "a", true), node(2, "a", true), node(3, "a", false))))
                .isFalse();
        assertThat(PlacementWatch.isBraked(List.of(node(1, "a", true), node(2, "a", false))))
                .isTrue();
        assertThat(PlacementWatch.isBraked(List.of(
                        node(1, "a", false),
                        node(2, "b", false),
                        node(3, "c", true),
                        node(4, "c", true),
                        node(5, "c", true),
                        node(6, "c", true))))
                .isTrue();
    }

    @Test
    void drain_thatLeavesTooFewNodes_isRefused() {
        List<PlacementWatch.Node> nodes =
                List.of(node(1, "a", true), node(2, "a", true), node(3, "a", true), node(4, "a", false));
        assertThat(PlacementWatch.refusalToDrain(MoveCluster.id(1), nodes, 3)).contains("only 2 nodes");
        assertThat(PlacementWatch.refusalToDrain(MoveCluster.id(4), nodes, 3)).isNull();
    }

    @Test
    void newcomer_withoutItsRules_takesAnything() {
        MoveRules none = new MoveRules() {
            @Override
            public boolean agrees(Desired own, List<NodeId> asked) {
                return true;
            }

            @Override
            public boolean hasRoom(int underWay, int max) {
                return true;
            }
        };
        Newcomer newcomer = new Newcomer(MoveCluster.OPTIONS, none, arrived::contains);
        for (int partition = 0; partition < 5; partition++) {
            assertThat(ask(newcomer, partition, MoveScenario.ids(1, 2, 3), MoveScenario.ids(1, 2, 4)))
                    .isEqualTo(NewcomerAnswer.WELCOME);
        }
        assertThat(newcomer.coming(0)).isEqualTo(5);
    }

    private static PlacementWatch.Node node(int number, String zone, boolean isUp) {
        return new PlacementWatch.Node(MoveCluster.id(number), isUp ? NodeCondition.ALIVE : NodeCondition.DOWN, zone);
    }
}
