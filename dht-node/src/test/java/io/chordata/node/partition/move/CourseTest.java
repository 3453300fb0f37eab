package io.chordata.node.partition.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.TestNodes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a voter's node has lost what it held, and comes back in a later tenure. */
class CourseTest {
    private static Member member(int node, long tenure) {
        return new Member(TestNodes.id(node), tenure);
    }

    private static List<NodeId> nodes(int... numbers) {
        return IntStream.of(numbers).mapToObj(TestNodes::id).toList();
    }

    private static Course course(Configuration current, List<NodeId> desired) {
        return Course.of(
                current,
                desired,
                current::isDead,
                voter -> true,
                node -> NodeCondition.ALIVE,
                node -> false,
                member(1, 0));
    }

    @Test
    void growth_withALostVoterAmongThoseWhoCome_exchangesThatOneFirst() {
        Configuration current = new Configuration(
                20,
                List.of(member(1, 0), member(2, 2), member(3, 3)),
                List.of(),
                List.of(member(3, 12), member(4, 13)));

        Course course = course(current, nodes(1, 2, 3, 4, 5));

        assertThat(course.nextVoters(current)).containsExactly(member(1, 0), member(2, 2), member(3, 12));
    }

    @Test
    void lostVoters_two_eachTakeTheirOwnSeat() {
        Configuration current = new Configuration(
                20,
                List.of(member(1, 0), member(2, 2), member(3, 3)),
                List.of(),
                List.of(member(2, 12), member(3, 13)));

        Course course = course(current, nodes(1, 3, 2));

        assertThat(course.nextVoters(current)).containsExactly(member(1, 0), member(2, 2), member(3, 13));
    }

    @Test
    void growth_whileALostVoterIsNotDesired_addsTwo() {
        Configuration current = new Configuration(
                20,
                List.of(member(1, 0), member(2, 2), member(3, 3)),
                List.of(),
                List.of(member(4, 12), member(5, 13)));

        Course course = course(current, nodes(1, 2, 3, 4, 5));

        assertThat(course.nextVoters(current)).hasSize(5);
    }
}
