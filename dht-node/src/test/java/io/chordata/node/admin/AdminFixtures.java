package io.chordata.node.admin;

import io.chordata.node.access.AccessKeys;
import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import java.util.List;

/** What several tests show at the admin port. */
final class AdminFixtures {
    private AdminFixtures() {}

    /** One key and no other. */
    static AccessKeys keys(String accessKey, String secretKey) {
        return asked -> Future.succeededFuture(asked.equals(accessKey) ? secretKey : null);
    }

    static KeysApi noKeys() {
        return new KeysApi(() -> Future.failedFuture(new ProblemException(503, "Not serving", "nobody asks")));
    }

    static S3Door noDoor() {
        return (request, accessKey, uri) -> {
            throw new ProblemException(503, "Not serving", "nobody asks");
        };
    }

    static NodeId id(int number) {
        return TestNodes.id(number);
    }

    /** Node 1 is well, node 2 is suspect and heavier. */
    static NodeRecord node(int number) {
        NodeState state = number == 2 ? NodeState.SUSPECT : NodeState.ALIVE;
        Contact contact = new Contact(id(number), TestNodes.address(number), 3);
        NodeRecord record = TestNodes.record(contact, number, List.of(0, 1), state);
        return number == 2 ? TestNodes.weighing(record, new Weight(2_500)) : record;
    }
}
