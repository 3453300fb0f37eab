package io.chordata.node.partition.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stories that the design owes, each with the rule that it is about taken out where there is one. */
class MoveScenariosTest {
    private static final CopyRules COPIES = new CopyRules() {};
    private static final long BLOCK = 77;

    private static MoveScenario scenario(int nodes) {
        return new MoveScenario(MoveRules.DESIGN, COPIES, nodes);
    }

    @Test
    void oneNode_joinedByTwo_givesThreeVotersInOneStep() {
        MoveScenario story = scenario(3).settleAt(1, 2, 3);
        assertThat(story.changes()).as("two learners, in, out").isEqualTo(4);
        story.until(() -> story.isLedBy(1));
    }

    @Test
    void nodes_two_haveOneVoterAndALearnerWithEverything() {
        MoveScenario story = scenario(2).ring(2, 1);
        story.node(1).disk.values().forEach(copy -> copy.blocks.add(BLOCK));
        story.until(() -> !story.latest().learners().isEmpty() && story.hasCopy(2) && story.holds(2, BLOCK));
        story.passMillis(3_000);
        assertThat(story.voters()).isEqualTo(MoveScenario.ids(1));
    }

    @Test
    void lateBlock_taggedWithTheOldConfiguration_isTakenByLessThanAMajority() {
        assertThat(takersOfLateBlock(COPIES)).hasSizeLessThan(2);
        assertThat(takersOfLateBlock(MoveMutant.OLDER_TAG_TAKEN)).hasSize(2);
    }

    private static List<NodeId> takersOfLateBlock(CopyRules rules) {
        MoveScenario story = new MoveScenario(MoveRules.DESIGN, rules, 4).settleAt(1, 2, 3);
        Configuration old = story.latest();
        story.ring(1, 2, 4);
        story.until(() -> story.latest().isJoint());
        return story.deliver(BLOCK, old, 2, 3);
    }

    @Test
    void newcomer_backfilledFromTheOneVoterThatLacksABlock_getsItAllTheSame() {
        MoveScenario story = scenario(4).settleAt(1, 2, 3);
        story.until(() -> story.isLedBy(1));
        story.storeAt(BLOCK, 2, 3);
        story.settleAt(1, 2, 4);
        assertThat(story.holds(4, BLOCK)).isTrue();
        assertThatThrownBy(() -> {
                    MoveScenario broken =
                            new MoveScenario(MoveMutant.LEAVES_WITHOUT_SETTLING, COPIES, 4).settleAt(1, 2, 3);
                    broken.until(() -> broken.isLedBy(1));
                    broken.storeAt(BLOCK, 2, 3);
                    broken.settleAt(1, 2, 4);
                })
                .hasMessageContaining("block 77 lies at 1 of");
    }

    @Test
    void voter_removedAndAddedAgainInOneTerm_answersForNothingOfBefore() {
        MoveScenario story = scenario(4).settleAt(1, 2, 3);
        Configuration old = story.latest();
        Member before = story.member(3);
        story.settleAt(1, 2, 4);
        story.until(() -> !story.hasCopy(3));
        long term = story.replica(1).view().term();
        story.ring(1, 2, 3);
        story.until(() -> story.hasCopy(3));
        assertThat(story.replica(1).view().term()).isEqualTo(term);
        assertThat(story.replica(3).self().tenure()).isGreaterThan(before.tenure());
        assertThat(story.deliver(BLOCK, old, 3)).isEmpty();
        story.settleAt(1, 2, 3);
    }

    @Test
    void deleteOrder_lateForACopyAddedAgain_isIgnored() {
        MoveScenario story = scenario(4).settleAt(1, 2, 3);
        Member before = story.member(3);
        story.settleAt(1, 2, 4).settleAt(1, 2, 3);
        story.order(before);
        story.passMillis(1_000);
        assertThat(story.hasCopy(3)).isTrue();
        assertThatThrownBy(() -> {
                    MoveScenario broken =
                            new MoveScenario(MoveRules.DESIGN, MoveMutant.ORDERS_UNDER_ANY_TENURE, 4).settleAt(1, 2, 3);
                    Member earlier = broken.member(3);
                    broken.settleAt(1, 2, 4).settleAt(1, 2, 3);
                    broken.order(earlier);
                })
                .hasMessageContaining("the copy of the member");
    }

    @Test
    void zone_lostInMidMove_costsNothing() {
        MoveScenario story = scenario(6).settleAt(2, 3, 1);
        story.until(() -> story.isLedBy(2));
        story.storeAt(BLOCK, 1, 2);
        story.ring(2, 3, 4);
        story.until(() -> story.latest().isJoint());
        story.cluster.crash(story.node(1));
        story.cluster.crash(story.node(4));
        story.until(() -> !story.latest().isJoint());
        story.cluster.boot(story.node(1));
        story.cluster.boot(story.node(4));
        story.settleAt(2, 3, 4);
        story.until(() -> !story.hasCopy(1));
    }

    @Test
    void newcomer_thatDiesInMidMove_leavesTheGroupAsItWas() {
        MoveScenario story = scenario(4).settleAt(1, 2, 3);
        story.until(() -> story.isLedBy(1));
        story.ring(1, 2, 4);
        story.until(() -> story.latest().isJoint());
        story.cluster.crash(story.node(4));
        story.until(() -> !story.latest().isJoint());
        assertThat(story.voters()).isEqualTo(MoveScenario.ids(1, 2, 3));
    }

    @Test
    void leader_withAnotherRing_movesNothing() {
        MoveScenario story = scenario(4).settleAt(1, 2, 3);
        story.until(() -> story.isLedBy(1));
        int before = story.changes();
        story.cluster.ring = (by, partition) -> by.number == 1 ? MoveScenario.ids(1, 2, 4) : MoveScenario.ids(1, 2, 3);
        story.passMillis(10_000);
        assertThat(story.changes()).isEqualTo(before);
    }

    @Test
    void coldStart_afterANightWithOldDownMarks_movesNothing() {
        MoveScenario story = scenario(5);
        story.cluster.ring = null;
        story.passMillis(15_000);
        int before = story.changes();
        story.cluster.nodes.forEach(MoveNode::crash);
        story.passMillis(30_000);
        for (MoveNode node : story.cluster.nodes) {
            story.cluster.nodes.forEach(other -> node.directory.put(other.id, NodeCondition.DOWN));
            story.cluster.boot(node);
            story.passMillis(300);
        }
        story.passMillis(10_000);
        assertThat(story.changes()).isEqualTo(before);
    }

    /** Who placed the partitions elsewhere overnight may do so still: the new leader itself has to see for how long one is down. */
    @Test
    void coldStart_withAPlacementThatReplacedADownNode_waitsForWhatTheLeaderSees() {
        MoveScenario story = scenario(4).settleAt(1, 2, 3);
        int before = story.changes();
        story.cluster.nodes.forEach(MoveNode::crash);
        story.ring(1, 2, 4);
        story.passMillis(30_000);
        for (int up : new int[] {1, 2, 4}) {
            story.cluster.boot(story.node(up));
        }
        story.until(() -> story.isLedBy(1) || story.isLedBy(2));
        story.passMillis(MoveCluster.OPTIONS.replaceAfterMillis() - 500);
        assertThat(story.changes()).isEqualTo(before);
        story.until(() -> story.isAt(1, 2, 4));
    }

    @Test
    void node_thatDrains_isDrainedOnceAllItsReplicasAreGone() {
        MoveScenario story = scenario(4).settleAt(1, 2, 3);
        story.cluster.drain(story.node(3));
        story.passMillis(1_000);
        assertThat(story.node(3).service().view().isDrained()).isFalse();
        story.settleAt(1, 2, 4);
        story.until(() -> story.node(3).service().view().isDrained());
    }

    private static MoveScenario byDirectory(int nodes) {
        MoveScenario story = scenario(nodes);
        story.cluster.ring = null;
        story.until(story::isAsDirectorySays);
        story.storeAt(BLOCK, story.numbers());
        return story;
    }

    private static void assertDrained(MoveScenario story, MoveNode node) {
        story.until(() -> node.isUp() && node.service().view().isDrained());
        assertThat(story.hasCopy(node.number)).isFalse();
    }

    @Test
    void drainingNode_thatCrashesAmid_isDrainedWhenItComesBack() {
        MoveScenario story = byDirectory(5);
        MoveNode node = story.node(story.numbers()[0]);
        story.cluster.drain(node);
        story.until(() -> story.latest().isJoint());
        story.cluster.crash(node);
        story.passMillis(300);
        story.cluster.boot(node);
        assertDrained(story, node);
        assertThat(story.isAsDirectorySays()).isTrue();
    }

    /** Nobody waits for it longer than for one that runs: its place is another's, and its copy goes when it comes back. */
    @Test
    void drainingNode_thatStaysDown_isReplacedAllTheSame() {
        MoveScenario story = byDirectory(5);
        MoveNode node = story.node(story.numbers()[0]);
        story.cluster.drain(node);
        story.cluster.crash(node);
        story.until(story::isAsDirectorySays);
        story.cluster.boot(node);
        assertDrained(story, node);
    }

    @Test
    void nodes_twoThatDrainAtOnce_areBothDrained() {
        MoveScenario story = byDirectory(6);
        MoveNode one = story.node(story.numbers()[0]);
        MoveNode two = story.node(story.numbers()[1]);
        story.cluster.drain(one);
        story.cluster.drain(two);
        assertDrained(story, one);
        assertDrained(story, two);
        assertThat(story.isAsDirectorySays()).isTrue();
    }

    /** Each was let to drain before it heard of the other. */
    @Test
    void nodes_twoThatDrainThoughTooFewAreLeft_stayWhereNobodyTakesTheirPlace() {
        MoveScenario story = byDirectory(4);
        for (int number : new int[] {story.numbers()[0], story.numbers()[1]}) {
            story.cluster.drain(story.node(number));
        }
        story.passMillis(30_000);
        assertThat(story.latest().isJoint()).isFalse();
        assertThat(story.voters()).hasSize(MoveCluster.REPLICATION);
        story.cluster.nodes.forEach(story.cluster::keep);
        story.until(story::isAsDirectorySays);
    }

    @Test
    void drain_undoneAmid_endsWhereItBegan() {
        MoveScenario story = byDirectory(5);
        List<NodeId> before = story.voters();
        MoveNode node = story.node(story.numbers()[0]);
        story.cluster.drain(node);
        story.until(() -> story.latest().isJoint());
        story.cluster.keep(node);
        story.passMillis(2_000);
        story.until(story::isAsDirectorySays);
        assertThat(story.voters()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(node.service().view().isDrained()).isFalse();
    }

    @Test
    void leader_thatIsToGo_handsOverFirst() {
        MoveScenario story = scenario(4).settleAt(1, 2, 3);
        story.until(() -> story.isLedBy(1));
        story.settleAt(2, 3, 4);
        assertThat(story.isLedBy(1)).isFalse();
        story.until(() -> !story.hasCopy(1));
    }

    @Test
    void onlyVoter_thatIsToGo_givesItsPlaceToAnother() {
        MoveScenario story = scenario(2).settleAt(2);
        story.until(() -> story.isLedBy(2) && !story.hasCopy(1));
    }

    @Test
    void copy_whoseLeaderCrashedBeforeItCouldOrder_asksAndGoes() {
        MoveScenario story = scenario(5).settleAt(1, 2, 3);
        story.until(() -> story.isLedBy(1));
        story.ring(1, 2, 4);
        story.until(() -> story.latest().isJoint());
        story.cluster.crash(story.node(3));
        story.settleAt(1, 2, 4);
        story.cluster.crash(story.node(1));
        story.cluster.boot(story.node(3));
        story.until(() -> !story.hasCopy(3));
    }
}
