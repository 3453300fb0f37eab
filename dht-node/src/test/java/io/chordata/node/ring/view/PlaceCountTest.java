package io.chordata.node.ring.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.TestNodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceCountTest {
    private static final int FIRST = 32;

    private static NodeRecord node(int number, String weight, int places) {
        NodeRecord node = ViewWorld.node(new NodeId(new Uint128(1, number)), "z", places);
        return TestNodes.weighing(node, Weight.parse(weight));
    }

    private static RingView view(NodeRecord... nodes) {
        return RingView.EMPTY.change(List.of(nodes), List.of());
    }

    @Test
    void newcomer_whereNobodyHasPlaces_takesTheUsualNumber() {
        assertThat(PlaceCount.of(RingView.EMPTY, node(1, "7.3", 0), FIRST)).isEqualTo(32);
        assertThat(PlaceCount.of(view(node(1, "7.3", 5), node(2, "1", 0)), node(1, "7.3", 0), FIRST))
                .as("beside itself and one that has yet to choose")
                .isEqualTo(32);
    }

    @Test
    void newcomer_takesPlacesByItsWeight_asTheOthersDo() {
        RingView view = view(node(1, "0.098", 32), node(2, "0.098", 32));
        assertThat(PlaceCount.of(view, node(3, "0.098", 0), FIRST)).isEqualTo(32);
        assertThat(PlaceCount.of(view, node(3, "0.196", 0), FIRST)).isEqualTo(64);
        assertThat(PlaceCount.of(view, node(3, "0.025", 0), FIRST)).isEqualTo(8);
        assertThat(PlaceCount.of(view, node(3, "0.001", 0), FIRST)).isEqualTo(1);
        assertThat(PlaceCount.of(view, node(3, "10000", 0), FIRST)).isEqualTo(Position.PER_NODE_MAX);
    }

    /** Whoever has only one place, or was told another weight later, decides nothing. */
    @Test
    void newcomer_amongOthersThatDiffer_goesByMostOfThem() {
        List<NodeRecord> nodes = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            nodes.add(node(number, "2", 64));
        }
        nodes.add(node(6, "0.001", 1));
        nodes.add(node(7, "8", 64));
        assertThat(PlaceCount.of(RingView.EMPTY.change(nodes, List.of()), node(8, "4", 0), FIRST))
                .isEqualTo(128);
    }

    @Test
    void newcomer_afterADecommission_goesByThoseThatAreLeft() {
        RingView view = view(node(1, "1", 900).withState(NodeState.DECOMMISSIONED), node(2, "1", 16));
        assertThat(PlaceCount.of(view, node(3, "1", 0), FIRST)).isEqualTo(16);
    }
}
