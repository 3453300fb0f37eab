package io.chordata.node.ring.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.TestNodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long SEED = 11;
    private static final Partitioning SMALL = new Partitioning(4);

    /** What a node can be, as far as placement can see: alive, suspect, down, down and replaced, draining, and so on. */
    private enum Condition {
        ALIVE,
        SUSPECT,
        DOWN,
        REPLACED,
        DRAINING,
        DOWN_WHILE_DRAINING,
        JOINING,
        DECOMMISSIONED
    }

    private record World(RingView view, Set<NodeId> replaced) {
        NaiveReplicas naive() {
            return new NaiveReplicas(view, replaced);
        }

        Placement placement(Partitioning partitioning, int replicas) {
            return Placement.of(view, partitioning, replicas, replaced);
        }
    }

    @Test
    void placement_ofAllConditionsOfFourNodes_isTheNaiveWalk() {
        List<NodeRecord> nodes = ViewWorld.nodes(new SimRandom(SEED), 4, "z", 2);
        int conditions = Condition.values().length;
        for (int code = 0; code < conditions * conditions * conditions * conditions; code++) {
            World world = worldOf(nodes, code);
            for (int replicas = 1; replicas <= 3; replicas++) {
                Placement placement = world.placement(SMALL, replicas);
                for (PartitionId partition : partitions(SMALL)) {
                    assertThat(placement.replicas(partition))
                            .as("%s of conditions %s, k=%d", partition, code, replicas)
                            .isEqualTo(world.naive().replicas(SMALL.point(partition), replicas));
                }
            }
        }
    }

    private static World worldOf(List<NodeRecord> nodes, int code) {
        int conditions = Condition.values().length;
        RingView view = RingView.EMPTY;
        Set<NodeId> replaced = new HashSet<>();
        int rest = code;
        for (NodeRecord node : nodes) {
            Condition condition = Condition.values()[rest % conditions];
            rest /= conditions;
            view = view.with(in(condition, node));
            if (condition == Condition.REPLACED || condition == Condition.ALIVE) {
                replaced.add(node.node());
            }
        }
        return new World(view, replaced);
    }

    private static NodeRecord in(Condition condition, NodeRecord node) {
        return switch (condition) {
            case ALIVE -> node;
            case SUSPECT -> node.withState(NodeState.SUSPECT);
            case DOWN, REPLACED -> node.withState(NodeState.DOWN);
            case DRAINING -> node.withState(NodeState.DRAINING);
            case DOWN_WHILE_DRAINING -> node.withState(NodeState.DRAINING).withState(NodeState.DOWN);
            case JOINING -> node.withState(NodeState.JOINING);
            case DECOMMISSIONED -> node.withState(NodeState.DECOMMISSIONED);
        };
    }

    @Test
    void sweep_ofAllZonesOfSixNodes_isTheNaiveWalk() {
        List<NodeRecord> nodes = ViewWorld.nodes(new SimRandom(SEED), 6, "z", 2);
        for (int code = 0; code < 4 * 4 * 4 * 4 * 4 * 4; code++) {
            RingView view = zoned(nodes, code, 4);
            NaiveReplicas naive = new NaiveReplicas(view, Set.of());
            for (int replicas = 1; replicas <= 5; replicas += 2) {
                compareSweep(view, naive, replicas, code);
            }
        }
    }

    private static void compareSweep(RingView view, NaiveReplicas naive, int replicas, int code) {
        PlaceableNodes nodes = new PlaceableNodes(view, NodeRecord::isPlaceable);
        new ReplicaSweep(nodes, SMALL, replicas).run((partition, chosen) -> {
            assertThat(nodesOf(nodes, chosen))
                    .as("p%d of zones %d, k=%d", partition, code, replicas)
                    .isEqualTo(naive.replicas(SMALL.point(new PartitionId(partition)), replicas));
        });
    }

    private static RingView zoned(List<NodeRecord> nodes, int code, int zones) {
        RingView view = RingView.EMPTY;
        int rest = code;
        for (NodeRecord node : nodes) {
            view = view.with(inZone(node, "z" + rest % zones));
            rest /= zones;
        }
        return view;
    }

    private static NodeRecord inZone(NodeRecord node, String zone) {
        return ViewWorld.node(node.node(), zone, node.candidates().size());
    }

    @Test
    void load_inRandomZonesAndWeights_staysWithinItsLimitOrIsNatural() {
        SimRandom random = new SimRandom(SEED);
        int worldsThatYield = 0;
        for (int round = 0; round < 300; round++) {
            RingView view = randomView(random);
            int replicas = 1 + 2 * random.nextInt(3);
            Partitioning partitioning = new Partitioning(4 + random.nextInt(4));
            Placement placement = Placement.of(view, partitioning, replicas, Set.of());
            checkLoads(view, partitioning, replicas, placement, round);
            worldsThatYield += placement.yielded().isEmpty() ? 0 : 1;
        }
        assertThat(worldsThatYield).as("the zones must yield now and then").isBetween(30, 270);
    }

    private static void checkLoads(
            RingView view, Partitioning partitioning, int replicas, Placement placement, int round) {
        NaiveReplicas naive = new NaiveReplicas(view, Set.of());
        List<PartitionId> yielded = new ArrayList<>();
        Set<NodeId> pulled = new HashSet<>();
        long zonesPossible = Math.min(zonesOf(view, ids(view)), Math.min(replicas, view.nodeCount()));
        for (PartitionId partition : partitions(partitioning)) {
            List<NodeId> members = placement.replicas(partition);
            assertThat(members).doesNotHaveDuplicates().hasSize(Math.min(replicas, view.nodeCount()));
            List<NodeId> natural = naive.natural(partitioning.point(partition), replicas);
            members.stream().filter(node -> !natural.contains(node)).forEach(pulled::add);
            if (zonesOf(view, members) < zonesPossible) {
                yielded.add(partition);
            }
        }
        assertThat(placement.yielded()).as("round %d", round).isEqualTo(yielded);
        for (NodeId node : pulled) {
            assertThat((double) placement.partitionsOf(node))
                    .as("round %d: pulled, share %.1f", round, placement.shareOf(node))
                    .isLessThanOrEqualTo(Math.ceil(1.3 * placement.shareOf(node)));
        }
    }

    private static RingView randomView(SimRandom random) {
        List<NodeRecord> nodes = new ArrayList<>();
        int zones = 1 + random.nextInt(5);
        int count = 1 + random.nextInt(15);
        for (int i = 0; i < count; i++) {
            NodeRecord node =
                    ViewWorld.node(NodeId.random(random), "z" + random.nextInt(zones), 1 + random.nextInt(16));
            nodes.add(TestNodes.weighing(node, new Weight(node.candidates().size() * 125)));
        }
        return RingView.EMPTY.change(nodes, List.of());
    }

    @Test
    void newcomer_inAnyWorldWithoutLimits_changesOnlyWhatItTakesOver() {
        SimRandom random = new SimRandom(SEED);
        for (int round = 0; round < 500; round++) {
            RingView view = randomView(random);
            NodeRecord newcomer = ViewWorld.node(NodeId.random(random), "z" + random.nextInt(5), 8);
            compareAround(swept(view), swept(view.with(newcomer)), newcomer.node(), round);
        }
    }

    private static List<List<NodeId>> swept(RingView view) {
        PlaceableNodes nodes = new PlaceableNodes(view, NodeRecord::isPlaceable);
        List<List<NodeId>> replicas = new ArrayList<>();
        new ReplicaSweep(nodes, SMALL, 3).run((partition, chosen) -> replicas.add(nodesOf(nodes, chosen)));
        return replicas;
    }

    private static List<NodeId> nodesOf(PlaceableNodes nodes, Chosen chosen) {
        return IntStream.range(0, chosen.size())
                .mapToObj(i -> nodes.node(chosen.node(i)).node())
                .toList();
    }

    /** Read backwards it is a node that leaves. */
    private static void compareAround(List<List<NodeId>> without, List<List<NodeId>> with, NodeId newcomer, int round) {
        for (int i = 0; i < without.size(); i++) {
            List<NodeId> stayed = new ArrayList<>(with.get(i));
            if (stayed.remove(newcomer)) {
                assertThat(without.get(i)).as("round %d", round).containsAll(stayed);
            } else {
                assertThat(stayed).as("round %d", round).containsExactlyElementsOf(without.get(i));
            }
        }
    }

    @Test
    void zonesOfVeryDifferentSize_wouldOverload_andYield() {
        SimRandom random = new SimRandom(SEED);
        List<NodeRecord> nodes = new ArrayList<>(ViewWorld.nodes(random, 10, "big", 16));
        NodeRecord lonely = ViewWorld.node(NodeId.random(random), "small", 16);
        nodes.add(lonely);
        Placement placement = Placement.of(RingView.EMPTY.change(nodes, List.of()), Partitioning.DEFAULT, 3, Set.of());
        assertThat(placement.shareOf(lonely.node())).isBetween(69.8, 69.9);
        assertThat(placement.partitionsOf(lonely.node()))
                .as("1.3 times its share")
                .isEqualTo(91);
        assertThat(placement.yielded()).hasSize(256 - 91);
    }

    @Test
    void emptyRing_asked_hasNoReplicas() {
        Placement placement = Placement.of(RingView.EMPTY, SMALL, 3, Set.of());
        assertThat(placement.replicas(new PartitionId(3))).isEmpty();
        assertThat(placement.yielded()).isEmpty();
        assertThat(placement.partitionsOf(NodeId.random(new SimRandom(SEED)))).isZero();
    }

    @Test
    void replicas_outOfBounds_areRefused() {
        assertThatThrownBy(() -> Placement.of(RingView.EMPTY, SMALL, 0, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Placement.of(RingView.EMPTY, SMALL, 8, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static long zonesOf(RingView view, List<NodeId> nodes) {
        return view.nodes().stream()
                .filter(node -> nodes.contains(node.node()))
                .map(NodeRecord::zone)
                .distinct()
                .count();
    }

    private static List<NodeId> ids(RingView view) {
        return view.nodes().stream().map(NodeRecord::node).toList();
    }

    private static List<PartitionId> partitions(Partitioning partitioning) {
        return IntStream.range(0, partitioning.count())
                .mapToObj(PartitionId::new)
                .toList();
    }
}
