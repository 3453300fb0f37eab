package io.chordata.node.admin;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import java.util.List;

/** What several tests show at the admin port. */
final class AdminFixtures {
    private AdminFixtures() {}

    static NodeId id(int number) {
        return new NodeId(new Uint128(7, number));
    }

    /** Node 1 is well, node 2 is suspect and heavier. */
    static NodeRecord node(int number) {
        String host = "node-" + number;
        return new NodeRecord(
                new Contact(id(number), new NodeAddress(host, 7000), 3),
                host,
                new NodeAddress(host, 9000),
                new NodeAddress(host, 9001),
                "a",
                number == 2 ? new Weight(2_500) : Weight.ONE,
                "1.0",
                List.of(0, 1),
                NodeState.ALIVE,
                number == 2 ? NodeState.SUSPECT : NodeState.ALIVE);
    }
}
