package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingMemberTest {
    private static final RingOptions OPTIONS = RingSteps.withLists(4, 3);

    private static Position position(int point, int node) {
        Contact owner = new Contact(new NodeId(new Uint128(node, 0)), new NodeAddress("host-" + node, 7000), 1);
        return new Position(RingCluster.point(point), owner, point, 0);
    }

    private static boolean isFull(int... nodes) {
        List<Position> entries = IntStream.range(0, nodes.length)
                .mapToObj(i -> position(i + 1, nodes[i]))
                .toList();
        return new SuccessorList(entries, 0).isFull(position(0, 0), OPTIONS);
    }

    @Test
    void list_isFull_withEnoughEntriesOfEnoughOtherNodes() {
        assertThat(isFull(1, 2, 3, 4)).isTrue();
        assertThat(isFull(1, 2, 1, 3)).isTrue();
        assertThat(isFull(1, 2, 3)).as("too short").isFalse();
        assertThat(isFull(1, 2, 1, 2, 1)).as("two others").isFalse();
        assertThat(isFull(0, 1, 0, 2, 0)).as("two others and itself").isFalse();
    }

    /** Each neighbour asks in each period, and each answer would be built anew. */
    @Test
    void pointers_whileNothingChanges_areThoseOfBefore() {
        RingCluster cluster = RingCluster.of(1, OPTIONS);
        List<RingCluster.Node> ring = RingSteps.ring(cluster, 100, 300, 500, 700, 900);
        cluster.advanceMillis(60_000);
        List<Pointers> before =
                ring.stream().map(node -> node.member().pointers()).toList();
        cluster.advanceMillis(60_000);
        assertThat(ring.get(0).machine().counters().of(RingRule.UNCHANGED)).isPositive();
        for (int i = 0; i < ring.size(); i++) {
            assertThat(ring.get(i).member().pointers()).isSameAs(before.get(i));
        }
    }

    @Test
    void pointers_toANeighbourInANewLife_nameThatLife() {
        RingCluster cluster = RingCluster.of(1, OPTIONS);
        List<RingCluster.Node> ring = RingSteps.ring(cluster, 100, 300, 500, 700, 900);
        ring.get(1).crash();
        ring.get(1).move();
        ring.get(1).restart();
        cluster.await(
                "all to name the new life",
                30_000,
                () -> cluster.isIdeal()
                        && ring.stream()
                                .flatMap(node -> node.member().pointers().successors().stream())
                                .filter(entry -> entry.owner().node().equals(ring.get(1).id))
                                .allMatch(entry ->
                                        entry.owner().equals(ring.get(1).contact())));
    }
}
