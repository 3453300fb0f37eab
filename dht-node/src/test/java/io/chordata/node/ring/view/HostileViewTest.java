package io.chordata.node.ring.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.TestNodes;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever records there are of nodes: a newcomer can choose its places, and every partition has its replicas. */
class HostileViewTest {
    private static final int SEEDS = 40;
    private static final int NODES_MAX = 24;

    @Test
    void view_ofAnyRecords_isPlacedAndChosenBy() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            SimRandom random = new SimRandom(seed);
            List<NodeRecord> records = IntStream.range(0, random.nextInt(NODES_MAX))
                    .mapToObj(number -> anyRecord(random, number))
                    .toList();
            RingView view = RingView.EMPTY.change(records, List.of());
            Partitioning partitioning = new Partitioning(4 + random.nextInt(4));
            int replicas = 1 + random.nextInt(Placement.REPLICAS_MAX);
            NodeRecord joining = anyRecord(random, NODES_MAX);
            int places = PlaceCount.of(view, joining, 1 + random.nextInt(32));

            List<Integer> chosen = PositionChooser.choose(view, joining, partitioning, replicas, places);
            assertThat(places).as("seed %d", seed).isBetween(1, Position.PER_NODE_MAX);
            assertThat(chosen).as("seed %d", seed).hasSize(places);

            Placement placement = Placement.of(view, partitioning, replicas, new TreeSet<>());
            long placeable = records.stream()
                    .filter(node -> node.isPlaceable() && !node.candidates().isEmpty())
                    .count();
            assertThat(placement.replicas(new PartitionId(0)))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates()
                    .hasSize((int) Math.min(replicas, placeable));
        }
    }

    private static NodeRecord anyRecord(SimRandom random, int number) {
        NodeId id = new NodeId(new Uint128(random.chance(0.5) ? 0 : random.nextLong(), number));
        NodeState stated = List.of(NodeState.JOINING, NodeState.ALIVE, NodeState.ALIVE, NodeState.DRAINING)
                .get(random.nextInt(4));
        int places = random.chance(0.1) ? Position.PER_NODE_MAX : random.nextInt(5);
        NodeRecord record = TestNodes.weighing(
                ViewWorld.node(id, "zone-" + random.nextInt(NODES_MAX), places),
                new Weight(random.chance(0.3) ? 10_000_000 : 1 + random.nextInt(2_000)));
        NodeState said = NodeState.values()[random.nextInt(NodeState.values().length)];
        return record.withState(stated).withState(said.isStated() ? stated : said);
    }
}
