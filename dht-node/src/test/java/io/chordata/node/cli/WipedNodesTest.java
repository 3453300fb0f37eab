package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.cli.ClusterPartitions.Figures;
import io.chordata.node.partition.move.NodeCondition;
import io.chordata.node.partition.move.PlacementWatch;
import io.chordata.node.partition.move.Surroundings;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.sim.TestNodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines whose disks were wiped are there, as other nodes: what they were is down for ever, and yet nothing is missed. */
class WipedNodesTest {
    private static final int NODES = 5;
    private static final Figures WHOLE = new Figures(3, 0, 0, 0, 0);

    /** Each machine's first node is down, a second is at its address. */
    private static List<NodeRecord> wipedOneAfterTheOther(NodeState now) {
        List<NodeRecord> nodes = new ArrayList<>();
        for (int number = 1; number <= NODES; number++) {
            nodes.add(TestNodes.record(number, List.of(), NodeState.DOWN));
            Contact contact = new Contact(TestNodes.id(number + NODES), TestNodes.address(number), 1);
            nodes.add(TestNodes.record(contact, number, List.of(), now));
        }
        return nodes;
    }

    private static Surroundings surroundings(List<NodeRecord> nodes) {
        RingView view = RingView.EMPTY.change(nodes, List.of());
        return new PlacementWatch(4).look(1, RingSurroundings.nodes(view), partition -> List.of());
    }

    @Test
    void nodes_whoseMachinesCameBackAsOthers_keepNothingBack() {
        Surroundings around = surroundings(wipedOneAfterTheOther(NodeState.ALIVE));
        assertThat(around.isBraked()).isFalse();
        assertThat(around.condition(TestNodes.id(1))).isEqualTo(NodeCondition.GONE);
        assertThat(around.condition(TestNodes.id(1 + NODES))).isEqualTo(NodeCondition.ALIVE);
    }

    /** Its seat is among the voters of what it held until that has moved. */
    @Test
    void nodes_whoseMachinesCameBackAsOthers_areMissedUntilTheyAreDecommissioned() {
        assertThat(NodeStatus.state(4, WHOLE, wipedOneAfterTheOther(NodeState.ALIVE)))
                .isEqualTo("degraded");
    }

    @Test
    void nodes_whoseMachinesAreDown_areMissed() {
        List<NodeRecord> nodes = wipedOneAfterTheOther(NodeState.DOWN);
        assertThat(surroundings(nodes).isBraked()).isTrue();
        assertThat(surroundings(nodes).condition(TestNodes.id(1))).isEqualTo(NodeCondition.DOWN);
        assertThat(NodeStatus.state(4, WHOLE, nodes)).isEqualTo("degraded");
    }
}
