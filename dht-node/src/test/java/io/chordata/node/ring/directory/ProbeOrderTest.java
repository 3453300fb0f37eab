package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeOrderTest {
    private static final int NODES = 20;

    private final ProbeOrder order = new ProbeOrder(new SimRandom(1));

    @Test
    void round_ofAll_namesEachOnce() {
        addAll();
        List<NodeId> first = round();
        List<NodeId> second = round();
        assertThat(first).doesNotHaveDuplicates().hasSize(NODES);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void next_amongIneligibleOnes_namesTheEligible() {
        addAll();
        NodeId only = Nodes.id(7);
        for (int i = 0; i < 5; i++) {
            assertThat(order.next(only::equals)).isEqualTo(only);
        }
        assertThat(order.next(node -> false)).isNull();
    }

    @Test
    void next_ofNobody_isNull() {
        assertThat(order.next(node -> true)).isNull();
        assertThat(order.sample(3, node -> true)).isEmpty();
    }

    @Test
    void next_whileNodesComeAndGo_forgetsNobody() {
        addAll();
        List<NodeId> seen = new ArrayList<>();
        for (int i = 0; i < NODES / 2; i++) {
            seen.add(order.next(node -> true));
        }
        order.remove(seen.get(0));
        order.add(Nodes.id(100));
        for (int i = 0; i < 2 * NODES; i++) {
            seen.add(order.next(node -> true));
        }
        assertThat(seen).contains(Nodes.id(100));
        assertThat(seen.lastIndexOf(seen.get(0))).isZero();
        assertThat(seen)
                .containsAll(IntStream.range(0, NODES).mapToObj(Nodes::id).toList());
    }

    @Test
    void sample_ofSome_namesDifferentEligibleOnes() {
        addAll();
        List<NodeId> first = order.sample(3, node -> !node.equals(Nodes.id(3)));
        assertThat(first).hasSize(3).doesNotHaveDuplicates().doesNotContain(Nodes.id(3));
        assertThat(IntStream.range(0, 10)
                        .mapToObj(i -> order.sample(3, node -> true))
                        .distinct())
                .hasSizeGreaterThan(5);
        assertThat(order.sample(100, node -> true)).hasSize(NODES).doesNotHaveDuplicates();
    }

    private void addAll() {
        IntStream.range(0, NODES).mapToObj(Nodes::id).forEach(order::add);
    }

    private List<NodeId> round() {
        return IntStream.range(0, NODES).mapToObj(i -> order.next(node -> true)).toList();
    }
}
