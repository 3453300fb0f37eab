package io.chordata.node.ring.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.process.Figures;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.TestNodes;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes join one after the other; then partitions must lie evenly. Beside each figure stands what chance would give. */
class BalanceTest {
    private static final int SEEDS = 5;
    private static final int PLACES = 32;
    private static final List<Weight> EQUAL = List.of(Weight.ONE);
    private static final List<Weight> MIXED = List.of(Weight.ONE, Weight.parse("2"), Weight.parse("4"));

    @Test
    void partitions_ofFiveEqualNodes_areWithinTheTarget() {
        assertThat(worst("5 equal nodes", 5, EQUAL, Partitioning.DEFAULT, 3)).isLessThanOrEqualTo(1.15);
        assertThat(worst("5 equal nodes", 5, EQUAL, Partitioning.DEFAULT, 1)).isLessThanOrEqualTo(1.15);
    }

    @Test
    void partitions_ofFiftyEqualNodes_areWithinTheTarget() {
        assertThat(worst("50 equal nodes", 50, EQUAL, Partitioning.DEFAULT, 3)).isLessThanOrEqualTo(1.15);
    }

    @Test
    void partitions_ofNodesOfDifferentWeight_followTheWeights() {
        assertThat(worst("6 nodes 1:2:4", 6, MIXED, Partitioning.DEFAULT, 1)).isLessThanOrEqualTo(1.15);
        assertThat(worst("12 nodes 1:2:4", 12, MIXED, Partitioning.DEFAULT, 3)).isLessThanOrEqualTo(1.15);
    }

    /**
     * Here the heavy nodes should hold six of seven partitions, and a light one that joined early is next on the walk too often,
     * whatever the others choose. The choice takes away about a third of what chance leaves too much.
     */
    @Test
    void partitions_whereHeavyNodesShouldHoldNearlyAll_areBetterThanByChance() {
        assertThat(worst("6 nodes 1:2:4", 6, MIXED, Partitioning.DEFAULT, 3)).isLessThanOrEqualTo(1.4);
    }

    /** The greatest of held / share over all nodes and seeds. */
    private static double worst(String what, int count, List<Weight> weights, Partitioning partitioning, int replicas) {
        double chosen = 0;
        double byChance = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            chosen = Math.max(
                    chosen, balance(grown(seed, count, weights, partitioning, replicas, true), partitioning, replicas));
            byChance = Math.max(
                    byChance,
                    balance(grown(seed, count, weights, partitioning, replicas, false), partitioning, replicas));
        }
        Figures.note(String.format(
                Locale.ROOT,
                "balance: %s, %d partitions x %d: max held/share %.3f, by chance %.3f (worst of %d seeds)",
                what,
                partitioning.count(),
                replicas,
                chosen,
                byChance,
                SEEDS));
        return chosen;
    }

    private static RingView grown(
            long seed, int count, List<Weight> weights, Partitioning partitioning, int replicas, boolean choosing) {
        SimRandom random = new SimRandom(seed);
        RingView view = RingView.EMPTY;
        for (int i = 0; i < count; i++) {
            NodeRecord node =
                    TestNodes.weighing(ViewWorld.node(NodeId.random(random), "z", 0), weights.get(i % weights.size()));
            List<Integer> candidates = choosing
                    ? PositionChooser.choose(
                            view,
                            node,
                            partitioning,
                            replicas,
                            PlaceCount.of(view, node, node.weight().positions(PLACES)))
                    : Collections.nCopies(node.weight().positions(PLACES), 0);
            view = view.with(node.withCandidates(candidates));
        }
        return view;
    }

    private static double balance(RingView view, Partitioning partitioning, int replicas) {
        Placement placement = Placement.of(view, partitioning, replicas, Set.of());
        return view.nodes().stream()
                .mapToDouble(node -> placement.partitionsOf(node.node()) / placement.shareOf(node.node()))
                .max()
                .orElseThrow();
    }
}
