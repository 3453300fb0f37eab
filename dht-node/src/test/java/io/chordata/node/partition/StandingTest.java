package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.TestNodes;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static Member member(int number) {
        return new Member(TestNodes.id(number), number);
    }

    @Test
    void node_thatIsNeitherMemberNorLeader_hasNothingToDoWithIt() {
        Configuration own = new Configuration(1, List.of(member(1)), List.of(), List.of(member(2)));
        Standing standing = new Standing(new PartitionId(3), member(2), own, own, 1, 1, member(4), 0, 1, false);
        assertThat(standing.isWith(TestNodes.id(1))).as("a voter").isTrue();
        assertThat(standing.isWith(TestNodes.id(2))).as("a learner").isTrue();
        assertThat(standing.isWith(TestNodes.id(4)))
                .as("a leader whose change is not here yet")
                .isTrue();
        assertThat(standing.isWith(TestNodes.id(3))).isFalse();
    }
}
