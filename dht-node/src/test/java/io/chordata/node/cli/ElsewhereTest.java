package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.status.RingWorld;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElsewhereTest {
    private static final NodeLoad HOLDS = new NodeLoad(256, 256, 0, 0, 0, 0, 0);

    private final RingWorld world = new RingWorld(1, 4, 1);
    private final Elsewhere elsewhere = new Elsewhere("late");

    private void hears(Map<NodeId, NodeLoad> loads) {
        elsewhere.look(world.view(), loads);
    }

    @Test
    void client_ofANodeThatHasHeardOfTheFounder_isToldWhereItIs() {
        hears(Map.of(RingWorld.id(0), NodeLoad.NONE, RingWorld.id(2), HOLDS));

        assertThat(elsewhere.forClients())
                .contains("the node that founded the cluster", "late")
                .endsWith("Send S3 requests to http://" + world.node(2).s3() + " (node-2).");
        assertThat(elsewhere.forOperators())
                .endsWith("Ask at http://" + world.node(2).admin() + " (node-2).");
    }

    @Test
    void founder_thatIsDown_isNamedAsThat() {
        world.become(2, NodeState.DOWN);
        hears(Map.of(RingWorld.id(2), HOLDS));

        assertThat(elsewhere.forClients()).endsWith("http://" + world.node(2).s3() + " (node-2, down now).");
    }

    @Test
    void client_ofANodeThatHasHeardNothingYet_isToldToTryAgain() {
        assertThat(elsewhere.forClients()).endsWith("try again in some seconds.");
        hears(Map.of(RingWorld.id(1), NodeLoad.NONE));
        assertThat(elsewhere.forClients()).endsWith("try again in some seconds.");
    }

    @Test
    void client_whereSeveralHold_isToldThemAll() {
        hears(Map.of(RingWorld.id(1), HOLDS, RingWorld.id(3), HOLDS));

        assertThat(elsewhere.forClients())
                .endsWith("http://" + world.node(1).s3() + " (node-1) or http://"
                        + world.node(3).s3() + " (node-3).");
    }
}
