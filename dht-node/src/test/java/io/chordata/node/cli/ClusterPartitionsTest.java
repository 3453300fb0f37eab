package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.PartitionView;
import io.chordata.node.cli.ClusterPartitions.Figures;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.ring.status.ClusterRing;
import io.chordata.node.ring.status.PartitionReport;
import io.chordata.node.ring.status.RingWorld;
import io.chordata.node.ring.view.DownNodes;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.TestNodes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterPartitionsTest {
    private static final int COUNT = RingWorld.PARTITIONING.count();
    private static final int REPLICATION = 3;
    private static final int JOINED = 0;
    private static final int FOUNDER = 1;

    private static String id(int number) {
        return RingWorld.id(number).toString();
    }

    /** As a node that joined sees it, where the founder holds every partition. */
    private static ClusterPartitions seenByANodeThatJoined(RingWorld world) {
        RingWorld.TrueRing founder = world.new TrueRing(FOUNDER);
        for (int number = 0; number < COUNT; number++) {
            founder.partitions.add(
                    new PartitionReport(new PartitionId(number), true, 2, number, List.of(), List.of(), false));
        }
        world.serve(FOUNDER, founder);
        return partitions(world, world.ringOf(JOINED));
    }

    private static ClusterPartitions partitions(RingWorld world, ClusterRing ring) {
        Placements placements = new Placements(
                world.loops, new SimClock(world.scheduler), RingWorld.PARTITIONING, REPLICATION, new DownNodes(10_000));
        return new ClusterPartitions(ring, RingWorld.PARTITIONING, placements);
    }

    @Test
    void partitions_ofTheFounder_areShownByANodeThatJoined() {
        RingWorld world = new RingWorld(1, 5, 8);
        ClusterPartitions partitions = seenByANodeThatJoined(world);
        Placement placement = Placement.of(world.view(), RingWorld.PARTITIONING, REPLICATION, Set.of());

        List<PartitionView> views = world.await(partitions.views());

        assertThat(views).hasSize(COUNT);
        for (int number = 0; number < COUNT; number++) {
            List<String> desired = placement.replicas(new PartitionId(number)).stream()
                    .map(NodeId::toString)
                    .toList();
            PartitionView view = views.get(number);
            assertThat(view.partition()).isEqualTo(number);
            assertThat(view.desired()).isEqualTo(desired).hasSize(REPLICATION);
            assertThat(view.voters()).containsExactly(id(FOUNDER));
            assertThat(view.leader()).isEqualTo(id(FOUNDER));
            assertThat(view.term()).isEqualTo(2);
            assertThat(view.commitIndex()).isEqualTo(number);
            assertThat(view.state()).isEqualTo("short");
        }
        assertThat(world.await(partitions.figures())).isEqualTo(new Figures(1, COUNT, 0, 0, 0));
        assertThat(world.await(partitions.areServed())).isTrue();
    }

    @Test
    void partitions_thatAllWhoShouldHold_areHealthy() {
        RingWorld world = new RingWorld(1, 2, 8);
        ClusterPartitions partitions = seenByANodeThatJoined(world);
        world.become(JOINED, NodeState.DRAINING);

        assertThat(world.await(partitions.views()))
                .extracting(PartitionView::state)
                .containsOnly("healthy");
        assertThat(world.await(partitions.figures())).isEqualTo(new Figures(1, 0, 0, 0, 0));
    }

    @Test
    void partitions_whoseOnlyHolderIsDown_areUnavailable() {
        RingWorld world = new RingWorld(1, 2, 8);
        ClusterPartitions partitions = seenByANodeThatJoined(world);
        world.become(FOUNDER, NodeState.DOWN);

        assertThat(world.await(partitions.figures())).isEqualTo(new Figures(0, COUNT, COUNT, 0, 0));
        assertThat(world.await(partitions.areServed())).isFalse();
        assertThat(world.await(partitions.views())).allSatisfy(view -> {
            assertThat(view.state()).isEqualTo("unavailable");
            assertThat(view.leader()).isNull();
            assertThat(view.voters()).isEmpty();
        });
    }

    @Test
    void node_thatServesEveryPartition_asksNobodyWhetherTheyAreServed() {
        RingWorld world = new RingWorld(1, 2, 8);
        RingWorld.TrueRing other = world.new TrueRing(1);
        world.serve(1, other);
        RingWorld.TrueRing own = world.new TrueRing(0);
        for (int number = 0; number < COUNT; number++) {
            own.partitions.add(new PartitionReport(new PartitionId(number), true, 2, 5, List.of(), List.of(), false));
        }
        ClusterPartitions partitions = partitions(world, world.ringOf(world.start(0), own));

        assertThat(world.await(partitions.areServed())).isTrue();
        assertThat(other.asked()).isZero();
    }

    @Test
    void partition_thatItsHolderDoesNotServe_isUnavailableWhileOthersServe() {
        RingWorld world = new RingWorld(1, 1, 8);
        RingWorld.TrueRing own = world.new TrueRing(0);
        for (int number = 0; number < COUNT; number++) {
            own.partitions.add(
                    new PartitionReport(new PartitionId(number), number != 9, 2, 5, List.of(), List.of(), false));
        }
        ClusterPartitions partitions = partitions(world, world.ringOf(world.start(0), own));

        PartitionView damaged = world.await(partitions.views()).get(9);

        assertThat(damaged.state()).isEqualTo("unavailable");
        assertThat(damaged.voters()).containsExactly(id(0));
        assertThat(damaged.leader()).isNull();
        assertThat(damaged.commitIndex()).isEqualTo(5);
        assertThat(world.await(partitions.figures())).isEqualTo(new Figures(1, 0, 1, 0, 0));
        assertThat(world.await(partitions.areServed())).isFalse();
    }

    @Test
    void partition_withALearner_isMovingUnlessItsMembersAreEven() {
        for (int nodes : new int[] {2, 3}) {
            RingWorld world = new RingWorld(1, nodes, 8);
            RingWorld.TrueRing own = world.new TrueRing(0);
            for (int number = 0; number < COUNT; number++) {
                List<NodeId> learners = number == 5 ? List.of(RingWorld.id(1)) : List.of();
                own.partitions.add(new PartitionReport(
                        new PartitionId(number), true, 2, 5, List.of(RingWorld.id(0)), learners, false));
            }
            ClusterPartitions partitions = partitions(world, world.ringOf(world.start(0), own));

            assertThat(world.await(partitions.figures()).moving()).isEqualTo(nodes == 3 ? 1 : 0);
        }
    }

    /** Seen with pods: the volume of the next was wiped while two groups needed it yet, and nobody could lead them. */
    @Test
    void partition_whoseVotersChange_isNeitherHealthyNorWhole() {
        RingWorld world = new RingWorld(1, 3, 8);
        RingWorld.TrueRing own = world.new TrueRing(0);
        List<NodeId> all = List.of(RingWorld.id(0), RingWorld.id(1), RingWorld.id(2));
        for (int number = 0; number < COUNT; number++) {
            own.partitions.add(new PartitionReport(new PartitionId(number), true, 2, 5, all, List.of(), number == 5));
        }
        ClusterPartitions partitions = partitions(world, world.ringOf(world.start(0), own));

        assertThat(world.await(partitions.figures())).isEqualTo(new Figures(1, 1, 0, 1, 0));
        assertThat(world.await(partitions.views()))
                .extracting(PartitionView::state)
                .containsOnlyOnce("moving")
                .contains("healthy");
    }

    /** One of eleven nodes in a zone of its own should take 1.3 times its share, not half of all. */
    @Test
    void partitions_whereZonesWouldOverloadANode_yieldInSome() {
        RingWorld world = new RingWorld(1, 11, 32);
        ClusterPartitions partitions = seenByANodeThatJoined(world);
        assertThat(world.await(partitions.figures()).zonesYielded()).isZero();

        world.set(TestNodes.inZone(world.node(10), "b"));

        assertThat(world.await(partitions.figures()).zonesYielded())
                .isEqualTo(COUNT - (int) Math.ceil(1.3 * COUNT * REPLICATION / 11));
    }
}
