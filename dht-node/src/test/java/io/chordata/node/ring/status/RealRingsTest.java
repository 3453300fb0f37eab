package io.chordata.node.ring.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.RingOptions;
import io.chordata.node.ring.RingPhase;
import io.chordata.node.ring.RingPorts;
import io.chordata.node.ring.RingRefusedException;
import io.chordata.node.ring.RingService;
import io.chordata.node.ring.RingServiceOptions;
import io.chordata.node.ring.RingStart;
import io.chordata.node.ring.directory.DirectoryOptions;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.RingPicture.Neighbours;
import io.chordata.node.ring.status.RingPicture.PositionPicture;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimPeers;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
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
    private static final ClusterId CLUSTER = new ClusterId(new Uint128(1, 1));
    private static final int NODES = 6;
    private static final int POSITIONS = 4;
    private static final int EVENTS_MAX = 5_000_000;
    /** For how long a picture serves. */
    private static final long FRESH_NANOS = 1_000_000_000;

    private static final RingServiceOptions OPTIONS =
            new RingServiceOptions(POSITIONS, 10_000, 256, RingOptions.DEFAULT, DirectoryOptions.DEFAULT);

    private final SimScheduler scheduler = new SimScheduler(20261126);
    private final SimPeerNetwork network = new SimPeerNetwork(scheduler);
    private final List<Node> nodes = new ArrayList<>();

    /** One process. */
    private final class Node implements RingService.Listener {
        private final NodeId id;
        private final SimLoops loops = new SimLoops(scheduler, 2);
        private final SimPeers peers;
        private final RingService service;
        private final ClusterRing ring;

        Node(int number) {
            id = new NodeId(new Uint128(7, number));
            NodeAddress address = address(number);
            peers = new SimPeers(network, CLUSTER, id, address, this::onUnreachable);
            Loop loop = loops.ownerOf(new PartitionId(0));
            SimTimers timers = new SimTimers(scheduler, loops);
            SimClock clock = new SimClock(scheduler);
            service = RingService.open(
                    new RingPorts(
                            loops,
                            loop,
                            clock,
                            timers,
                            scheduler.random().fork(),
                            new SimRecordStore(new SimRecordDisk(), scheduler, loops),
                            peers),
                    OPTIONS,
                    new RingStart(record(number), number == 0, List.of(address(0)), Partitioning.DEFAULT, 3),
                    this);
            ServiceRing own = new ServiceRing(id, service, () -> Future.succeededFuture(List.of()));
            ring = new ClusterRing(new ClusterRing.Ports(own, Partitioning.DEFAULT, peers, loops, timers), loop);
            ring.serve();
        }

        private void onUnreachable(Peer peer) {
            service.peersListener().onUnreachable(peer);
        }

        private NodeRecord record(int number) {
            return new NodeRecord(
                    new Contact(id, address(number), 1),
                    "node-" + number,
                    address(number),
                    address(number),
                    "a",
                    Weight.ONE,
                    "1.0",
                    List.of(),
                    NodeState.JOINING,
                    NodeState.JOINING);
        }

        void kill() {
            loops.kill();
            peers.stop();
        }

        @Override
        public void onRefused(RingRefusedException why) {
            throw new AssertionError(id + " was refused", why);
        }

        @Override
        public void onFailed(Throwable cause) {
            throw new AssertionError(id + " failed", cause);
        }
    }

    private static NodeAddress address(int number) {
        return new NodeAddress("node-" + number, 7000);
    }

    @BeforeEach
    void formRing() {
        for (int number = 0; number < NODES; number++) {
            Node node = new Node(number);
            nodes.add(node);
            until(() -> node.service.phase() == RingPhase.JOINED);
        }
        for (Node node : nodes) {
            until(() -> flaw(await(node.ring.whole()), nodes) == null);
        }
    }

    private void until(BooleanSupplier condition) {
        scheduler.runUntil(condition, EVENTS_MAX);
    }

    private <T> T await(Future<T> future) {
        until(future::isComplete);
        if (future.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        return future.result();
    }

    /** What keeps the picture from being the one ring of these nodes, in order. */
    private static @Nullable String flaw(RingPicture picture, List<Node> of) {
        List<PositionPicture> positions = picture.positions().stream()
                .filter(position -> position.neighbours() != null)
                .toList();
        Set<NodeId> owners =
                positions.stream().map(PositionPicture::node).collect(Collectors.toCollection(TreeSet::new));
        Set<NodeId> expected = of.stream().map(node -> node.id).collect(Collectors.toCollection(TreeSet::new));
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
        dead.kill();
        Node asked = nodes.get(0);
        scheduler.advance(FRESH_NANOS);

        RingPicture atOnce = await(asked.ring.whole());
        assertThat(atOnce.unanswered()).containsExactly(dead.id);
        assertThat(atOnce.positions()).hasSize(NODES * POSITIONS);

        until(() -> Objects.requireNonNull(asked.service.view().node(dead.id)).state() == NodeState.DOWN);
        until(() -> flaw(await(asked.ring.whole()), nodes) == null);
        assertThat(await(asked.ring.whole()).unanswered()).containsExactly(dead.id);
    }

    @Test
    void lookup_fromEachNodeBothWays_findsWhoSucceedsTheId() {
        RingPicture picture = await(nodes.get(0).ring.whole());
        for (int i = 0; i < 20; i++) {
            RingId id = new RingId(scheduler.random().nextUint128());
            RingId owner = picture.positions().stream()
                    .map(PositionPicture::id)
                    .filter(position -> position.compareTo(id) >= 0)
                    .findFirst()
                    .orElse(picture.positions().get(0).id());
            for (Node node : nodes) {
                NodeRecord from =
                        Objects.requireNonNull(nodes.get(0).service.view().node(node.id));
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
            NodeRecord record =
                    Objects.requireNonNull(nodes.get(0).service.view().node(node.id));
            until(() -> !Objects.requireNonNull(
                            await(nodes.get(0).ring.of(record)).fingers())
                    .isEmpty());
            RingPicture picture = await(nodes.get(0).ring.of(record));
            assertThat(picture.positions()).hasSize(POSITIONS);
            assertThat(picture.positions()).extracting(PositionPicture::node).containsOnly(node.id);
        }
    }
}
