package io.chordata.node.ring.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.ServiceCluster;
import io.chordata.node.ring.ServiceCluster.SimNode;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.RingPicture.Neighbours;
import io.chordata.node.ring.status.RingPicture.PositionPicture;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Simulated nodes with their real rings and directories, each of which draws the ring of all. */
class RealRingsTest {
    private static final int NODES = 6;
    private static final int POSITIONS = 4;
    private static final int EVENTS_MAX = 5_000_000;
    /** For how long a picture serves. */
    private static final long FRESH_MILLIS = 1_000;

    private final ServiceCluster cluster = new ServiceCluster(20261126);
    private final List<Node> nodes = new ArrayList<>();

    /** One process, and the ring that it draws. */
    private record Node(SimNode process, ClusterRing ring) {
        NodeId id() {
            return process.id;
        }

        NodeRecord seenBy(Node other) {
            return Objects.requireNonNull(other.process.service().view().node(id()));
        }
    }

    private Node start(int number) {
        SimNode process = cluster.add();
        if (number == 0) {
            process.found();
        } else {
            process.start(ServiceCluster.addressOf(0));
        }
        ServiceRing own = new ServiceRing(
                process.id, process.service(), () -> Future.succeededFuture(List.of()), () -> FlowReport.NOTHING);
        ClusterRing ring = new ClusterRing(
                new ClusterRing.Ports(
                        own,
                        Partitioning.DEFAULT,
                        process.peers(),
                        process.loops(),
                        new SimTimers(cluster.scheduler, process.loops())),
                process.loops().ownerOf(new PartitionId(0)));
        ring.serve();
        return new Node(process, ring);
    }

    @BeforeEach
    void formRing() {
        for (int number = 0; number < NODES; number++) {
            Node node = start(number);
            nodes.add(node);
            until(node.process::isJoined);
        }
        for (Node node : nodes) {
            until(() -> flaw(await(node.ring.whole()), nodes) == null);
        }
    }

    private void until(BooleanSupplier condition) {
        cluster.scheduler.runUntil(condition, EVENTS_MAX);
    }

    private <T> T await(Future<T> future) {
        return cluster.scheduler.await(future);
    }

    /** What keeps the picture from being the one ring of these nodes, in order. */
    private static @Nullable String flaw(RingPicture picture, List<Node> of) {
        List<PositionPicture> positions = picture.positions().stream()
                .filter(position -> position.neighbours() != null)
                .toList();
        Set<NodeId> owners =
                positions.stream().map(PositionPicture::node).collect(Collectors.toCollection(TreeSet::new));
        Set<NodeId> expected = of.stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new));
        if (!owners.equals(expected) || positions.size() != of.size() * POSITIONS) {
            return positions.size() + " positions of " + owners;
        }
        for (int i = 0; i < positions.size(); i++) {
            Neighbours neighbours = Objects.requireNonNull(positions.get(i).neighbours());
            RingId before =
                    positions.get(Math.floorMod(i - 1, positions.size())).id();
            RingId next = positions.get((i + 1) % positions.size()).id();
            if (!neighbours.predecessor().equals(before)
                    || !neighbours.successors().get(0).equals(next)) {
                return "neighbours of " + positions.get(i);
            }
        }
        return null;
    }

    @Test
    void ring_fromEachNode_isTheSame() {
        List<PositionPicture> first = await(nodes.get(0).ring.whole()).positions();
        for (Node node : nodes) {
            RingPicture picture = await(node.ring.whole());
            assertThat(picture.unanswered()).isEmpty();
            assertThat(picture.positions())
                    .extracting(PositionPicture::id)
                    .isEqualTo(first.stream().map(PositionPicture::id).toList());
        }
    }

    @Test
    void ring_whileANodeIsDead_namesItUntilTheDirectoryHasItDownAndAfter() {
        Node dead = nodes.remove(2);
        dead.process.crash();
        Node asked = nodes.get(0);
        cluster.scheduler.advanceMillis(FRESH_MILLIS);

        RingPicture atOnce = await(asked.ring.whole());
        assertThat(atOnce.unanswered()).containsExactly(dead.id());
        assertThat(atOnce.positions()).hasSize(NODES * POSITIONS);

        until(() -> dead.seenBy(asked).state() == NodeState.DOWN);
        until(() -> flaw(await(asked.ring.whole()), nodes) == null);
        assertThat(await(asked.ring.whole()).unanswered()).containsExactly(dead.id());
    }

    @Test
    void lookup_fromEachNodeBothWays_findsWhoSucceedsTheId() {
        RingPicture picture = await(nodes.get(0).ring.whole());
        for (int i = 0; i < 20; i++) {
            RingId id = new RingId(cluster.scheduler.random().nextUint128());
            RingId owner = picture.positions().stream()
                    .map(PositionPicture::id)
                    .filter(position -> position.compareTo(id) >= 0)
                    .findFirst()
                    .orElse(picture.positions().get(0).id());
            for (Node node : nodes) {
                NodeRecord from = node.seenBy(nodes.get(0));
                for (boolean viaFingers : new boolean[] {false, true}) {
                    Found found = (Found) await(nodes.get(0).ring.lookup(id, from, viaFingers));
                    assertThat(found.position()).isEqualTo(owner);
                    if (viaFingers) {
                        assertThat(found.path()).extracting(Hop::source).doesNotContain(Source.CACHE, Source.DIRECTORY);
                    }
                }
            }
        }
    }

    @Test
    void node_askedForItsPart_hasFingersThatItCanHave() {
        for (Node node : nodes) {
            NodeRecord record = node.seenBy(nodes.get(0));
            until(() -> !Objects.requireNonNull(
                            await(nodes.get(0).ring.of(record)).fingers())
                    .isEmpty());
            RingPicture picture = await(nodes.get(0).ring.of(record));
            assertThat(picture.positions()).hasSize(POSITIONS);
            assertThat(picture.positions()).extracting(PositionPicture::node).containsOnly(node.id());
        }
    }
}
