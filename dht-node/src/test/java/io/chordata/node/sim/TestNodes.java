package io.chordata.node.sim;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import java.util.List;

/** Nodes for tests, by number: node 3 is called node-3, and reached there at the usual ports. */
public final class TestNodes {
    private static final int INTERNAL = 7000;
    private static final int S3 = 9000;
    private static final int ADMIN = 9001;

    private TestNodes() {}

    public static NodeId id(int number) {
        return new NodeId(new Uint128(7, number));
    }

    /** Where other nodes reach it. */
    public static NodeAddress address(int number) {
        return new NodeAddress("node-" + number, INTERNAL);
    }

    /** In its first start. */
    public static NodeRecord record(int number, List<Integer> candidates, NodeState state) {
        return record(new Contact(id(number), address(number), 1), number, candidates, state);
    }

    /** Of weight 1, in zone "a", on the host of its contact; it states the state if that is one to be stated, else alive. */
    public static NodeRecord record(Contact contact, int number, List<Integer> candidates, NodeState state) {
        String host = contact.address().host();
        return new NodeRecord(
                contact,
                "node-" + number,
                new NodeAddress(host, S3),
                new NodeAddress(host, ADMIN),
                "a",
                Weight.ONE,
                "1.0",
                candidates,
                state.isStated() ? state : NodeState.ALIVE,
                state);
    }

    public static NodeRecord inZone(NodeRecord node, String zone) {
        return new NodeRecord(
                node.contact(),
                node.name(),
                node.s3(),
                node.admin(),
                zone,
                node.weight(),
                node.software(),
                node.candidates(),
                node.stated(),
                node.state());
    }

    public static NodeRecord weighing(NodeRecord node, Weight weight) {
        return new NodeRecord(
                node.contact(),
                node.name(),
                node.s3(),
                node.admin(),
                node.zone(),
                weight,
                node.software(),
                node.candidates(),
                node.stated(),
                node.state());
    }
}
