package io.chordata.node.partition;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.force.PeerForceLinks;
import io.chordata.node.partition.force.Recovery;
import io.chordata.node.partition.move.LedGroup;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftView;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimPeers;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Nodes with their partitions on one simulated network; the first one founds the cluster. */
final class GroupCluster {
    static final Partitioning PARTITIONING = new Partitioning(4);

    private static final ClusterId CLUSTER = new ClusterId(new Uint128(5, 5));
    private static final long MILLI = 1_000_000;
    private static final int EVENTS_MAX = 2_000_000;

    private final PartitionOptions options;
    final SimScheduler scheduler;
    final SimPeerNetwork network;
    final List<Node> nodes = new ArrayList<>();

    GroupCluster(long seed, int count) {
        this(seed, count, PartitionOptions.DEFAULT);
    }

    GroupCluster(long seed, int count, PartitionOptions options) {
        this.options = options;
        scheduler = new SimScheduler(seed);
        network = new SimPeerNetwork(scheduler);
        for (int i = 0; i < count; i++) {
            nodes.add(new Node(i));
        }
        nodes.forEach(Node::boot);
        nodes.forEach(node -> await(node.start()));
    }

    <T> T await(Future<T> future) {
        scheduler.runUntil(future::isComplete, EVENTS_MAX);
        if (future.failed()) {
            throw new AssertionError("failed: " + future.cause(), future.cause());
        }
        return future.result();
    }

    /** The outcome, which must come. */
    Throwable awaitFailure(Future<?> future) {
        scheduler.runUntil(future::isComplete, EVENTS_MAX);
        if (!future.failed()) {
            throw new AssertionError("did not fail: " + future);
        }
        return future.cause();
    }

    void until(Supplier<Boolean> holds) {
        scheduler.runUntil(holds::get, EVENTS_MAX);
    }

    void passMillis(long millis) {
        scheduler.advance(millis * MILLI);
    }

    /** From the founder alone to three voters. */
    void spread(PartitionId partition) {
        for (int i = 1; i < 3; i++) {
            change(partition, new Change.AddLearner(nodes.get(i).id));
        }
        change(partition, new Change.EnterJoint(configuration(partition).members()));
        change(partition, new Change.LeaveJoint());
    }

    /** By whoever leads, once that is possible; returns when it is committed. */
    void change(PartitionId partition, Change change) {
        until(() -> leader(partition) != null && isTaken(partition, change));
        until(() -> {
            Node leader = leader(partition);
            return leader != null && await(led(leader, partition, group -> isSettled(group.view())));
        });
    }

    boolean isTaken(PartitionId partition, Change change) {
        return await(led(Objects.requireNonNull(leader(partition)), partition, group -> {
            boolean may = group.refusal(change) == null;
            if (may) {
                group.change(change);
            }
            return may;
        }));
    }

    /** What the mover of a group that is led there would see and do. */
    private static <T> Future<T> led(Node leader, PartitionId partition, Function<LedGroup, T> visit) {
        Promise<T> seen = Promise.promise();
        leader.partitions().movable(() -> false).eachLed(group -> {
            if (group.partition().equals(partition)) {
                seen.complete(visit.apply(group));
            }
        });
        return seen.future();
    }

    private static boolean isSettled(RaftView view) {
        return view.commitIndex() >= view.configuration().index()
                && view.followers().stream().allMatch(follower -> follower.match() >= view.commitIndex());
    }

    Configuration configuration(PartitionId partition) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(leader(partition)).partitions().standing(partition))
                .configuration();
    }

    /** Who serves the partition, among the nodes that are up. */
    @Nullable
    Node leader(PartitionId partition) {
        for (Node node : nodes) {
            Standing standing = node.isUp() ? node.partitions().standing(partition) : null;
            if (standing != null && standing.serves()) {
                return node;
            }
        }
        return null;
    }

    Node nodeOf(Member member) {
        return nodes.stream()
                .filter(node -> node.id.equals(member.node()))
                .findFirst()
                .orElseThrow();
    }

    /** One machine: its disk stays, its processes come and go. */
    final class Node implements GroupHolders {
        final int number;
        final NodeId id;
        final LedgerMachine machine = new LedgerMachine();
        final SimClock clock = new SimClock(scheduler);
        private final SimRecordDisk disk = new SimRecordDisk();
        private @Nullable SimLoops loops;
        private @Nullable SimRecordStore records;
        private @Nullable SimPeers peers;
        private @Nullable NodePartitions partitions;
        private @Nullable RoutedPartitions routed;
        private @Nullable PeerForceLinks force;

        Node(int number) {
            this.number = number;
            this.id = TestNodes.id(number);
        }

        NodeAddress address() {
            return TestNodes.address(number);
        }

        boolean isUp() {
            return loops != null;
        }

        void boot() {
            SimLoops process = new SimLoops(scheduler, 2);
            loops = process;
            records = new SimRecordStore(disk, scheduler, process);
            peers = new SimPeers(network, CLUSTER, id, TestNodes.address(number), this::onUnreachable);
            PartitionPorts ports = new PartitionPorts(
                    process,
                    clock,
                    new SimTimers(scheduler, process),
                    scheduler.random().fork(),
                    records,
                    new SimDrops(scheduler, process),
                    () -> Room.ALL);
            GroupPeers groupPeers = new GroupPeers(peers, this);
            partitions = new NodePartitions(id, PARTITIONING, machine, ports, groupPeers, options);
            routed = new RoutedPartitions(id, partitions, ports, groupPeers, options);
            routed.serve();
            force = new PeerForceLinks(id, PARTITIONING, peers, this::peer, partitions.remains());
            force.serve();
        }

        Future<Void> start() {
            NodePartitions started = partitions();
            return number == 0 ? started.found().compose(founded -> started.start()) : started.start();
        }

        /** Its disk of blocks is gone. Before its start. */
        Future<Void> bury() {
            return new DeadReplicas(id, records(), loops(), new SimTimers(scheduler, loops())).bury();
        }

        void crash() {
            Objects.requireNonNull(loops).kill();
            Objects.requireNonNull(peers).stop();
            disk.crash(scheduler.random());
            loops = null;
        }

        private void onUnreachable(Peer peer) {
            NodeId lost = peer.node();
            if (lost != null && isUp()) {
                partitions().onPeerLost(lost);
            }
        }

        SimRecordStore records() {
            return Objects.requireNonNull(records);
        }

        SimLoops loops() {
            return Objects.requireNonNull(loops);
        }

        SimPeers peers() {
            return Objects.requireNonNull(peers);
        }

        NodePartitions partitions() {
            return Objects.requireNonNull(partitions);
        }

        /** As an operator who asks this node. */
        Recovery recovery() {
            return new Recovery(Objects.requireNonNull(force));
        }

        RoutedPartitions routed() {
            return Objects.requireNonNull(routed);
        }

        @Override
        public Peer peer(NodeId node) {
            int known = (int) node.value().low();
            return new Peer(TestNodes.address(known), node);
        }

        @Override
        public Future<List<NodeId>> of(PartitionId partition) {
            return Future.succeededFuture(nodes.stream().map(node -> node.id).toList());
        }
    }
}
