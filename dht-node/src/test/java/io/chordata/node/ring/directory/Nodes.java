package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import java.util.Collections;

/** Nodes for tests, by number: spread over the buckets of the table, and each at an address of its own. */
final class Nodes {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Nodes() {}

    static NodeId id(int number) {
        return new NodeId(new Uint128(number * MIX, number));
    }

    static NodeAddress address(int number) {
        return new NodeAddress("node-" + number + ".chordata.svc", 7946);
    }

    static NodeRecord record(int number, long incarnation) {
        return record(number, address(number), incarnation, NodeState.ALIVE);
    }

    static NodeRecord record(int number, NodeAddress address, long incarnation, NodeState state) {
        return record(id(number), number, address, incarnation, state);
    }

    static NodeRecord record(NodeId id, int number, NodeAddress address, long incarnation, NodeState state) {
        return new NodeRecord(
                new Contact(id, address, incarnation),
                "node-" + number,
                new NodeAddress(address.host(), 9000),
                new NodeAddress(address.host(), 9001),
                "zone-" + number % 3,
                Weight.ONE,
                "0.3.0",
                Collections.nCopies(32, number % 64),
                state,
                state);
    }

    /** Of the start with this incarnation; with data. */
    static Member member(int number, long incarnation, long version, Verdict verdict) {
        return member(number, new Standing(new Life(incarnation, incarnation * MIX), version, verdict));
    }

    static Member member(int number, Standing standing) {
        return new Member(record(number, standing.life().incarnation()), standing, false, true);
    }
}
