package io.chordata.node.ring.view;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import java.util.List;
import java.util.stream.IntStream;

/** Nodes for tests. */
final class ViewWorld {
    static final NodeAddress ADDRESS = new NodeAddress("10.0.0.1", 7_000);

    private ViewWorld() {}

    /** Alive, in the zone, of weight 1, with the first candidate for each of its places. */
    static NodeRecord node(NodeId id, String zone, int places) {
        return new NodeRecord(
                new Contact(id, ADDRESS, 1),
                "node",
                ADDRESS,
                ADDRESS,
                zone,
                Weight.ONE,
                "1.0.0",
                IntStream.range(0, places).map(i -> 0).boxed().toList(),
                NodeState.ALIVE,
                NodeState.ALIVE);
    }

    static List<NodeRecord> nodes(RandomSource random, int count, String zone, int places) {
        return IntStream.range(0, count)
                .mapToObj(i -> node(NodeId.random(random), zone, places))
                .toList();
    }
}
