package io.chordata.node.partition.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.TestNodes;
import org.junit.jupiter.api.Test;

class RemovalOrderTest {
    private static final NodeId LEADER = TestNodes.id(1);
    private static final Member GONE = new Member(TestNodes.id(2), 5);
    private static final Committed DECIDED = new Committed(3, Configuration.founding(LEADER), 9);

    @Test
    void order_toOneThatIsNoMemberOfThatGeneration_namesIt() {
        assertThat(RemovalOrder.of(DECIDED, 3, GONE, MoveRules.DESIGN)).isEqualTo(new RemovalOrder(3, GONE, 0, 9));
    }

    /** It may be a member in its own history, and what it has the only copy of that. */
    @Test
    void order_toOneOfAnotherGeneration_isNotGiven() {
        assertThat(RemovalOrder.of(DECIDED, 2, GONE, MoveRules.DESIGN)).isNull();
        assertThat(RemovalOrder.of(DECIDED, 4, GONE, MoveRules.DESIGN)).isNull();
    }
}
