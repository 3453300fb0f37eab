package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.sim.TestNodes;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupMetersTest {
    private static final int REPLICATION = 3;
    private static final Configuration THREE =
            new Configuration(1, List.of(member(0, 1), member(1, 1), member(2, 1)), List.of(), List.of());

    private static Member member(int number, long tenure) {
        return new Member(TestNodes.id(number), tenure);
    }

    private static RingView view(NodeState ofTheLast) {
        return RingView.EMPTY.change(
                List.of(
                        TestNodes.record(0, List.of(0), NodeState.ALIVE),
                        TestNodes.record(1, List.of(0), NodeState.DRAINING),
                        TestNodes.record(2, List.of(0), ofTheLast)),
                List.of());
    }

    private static boolean isUnderReplicated(Configuration configuration, RingView view) {
        Standing standing =
                new Standing(new PartitionId(0), member(0, 1), configuration, configuration, 1, 1, null, 0, 1, true);
        return GroupMeters.isUnderReplicated(standing, REPLICATION, view);
    }

    @Test
    void partition_whoseVotersAreUp_isNotUnderReplicated() {
        assertThat(isUnderReplicated(THREE, view(NodeState.ALIVE))).isFalse();
        assertThat(isUnderReplicated(THREE, view(NodeState.SUSPECT))).isFalse();
    }

    @Test
    void partition_withAVoterWhoseNodeIsDownOrGone_isUnderReplicated() {
        assertThat(isUnderReplicated(THREE, view(NodeState.DOWN))).isTrue();
        assertThat(isUnderReplicated(THREE, view(NodeState.ALIVE).without(TestNodes.id(2))))
                .isTrue();
    }

    @Test
    void partition_withAVoterThatLostItsBlocks_isUnderReplicatedUntilItVotesAgain() {
        Configuration backAsLearner = new Configuration(2, THREE.voters(), List.of(), List.of(member(2, 2)));
        assertThat(isUnderReplicated(backAsLearner, view(NodeState.ALIVE))).isTrue();
    }

    @Test
    void partition_withTooFewVoters_isUnderReplicated() {
        Configuration one = new Configuration(1, List.of(member(0, 1)), List.of(), List.of(member(1, 1)));
        assertThat(isUnderReplicated(one, view(NodeState.ALIVE))).isTrue();
    }
}
