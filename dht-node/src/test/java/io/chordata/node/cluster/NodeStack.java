package io.chordata.node.cluster;

import io.chordata.node.block.Bodies;
import io.chordata.node.block.replica.BlockGroups;
import io.chordata.node.block.replica.BlockPorts;
import io.chordata.node.block.replica.KeptGroups;
import io.chordata.node.block.replica.RepairRounds;
import io.chordata.node.block.replica.ReplicatedBlocks;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.SpaceGuard;
import io.chordata.node.core.Timers;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.GroupHolders;
import io.chordata.node.partition.GroupPeers;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.PartitionPorts;
import io.chordata.node.partition.RoutedPartitions;
import io.chordata.node.partition.force.PeerForceLinks;
import io.chordata.node.partition.force.Recovery;
import io.chordata.node.partition.move.BlockTransfer;
import io.chordata.node.partition.move.MoveLinks;
import io.chordata.node.partition.move.MovePorts;
import io.chordata.node.partition.move.MoveService;
import io.chordata.node.partition.move.PeerMoveLinks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layers of one process, from the object operations down. Methods that answer with a future are called on its loops. */
final class NodeStack {
    private static final long HOUSEKEEPING_PATIENCE_MILLIS = 10_000;

    private final boolean founds;
    private final Timers timers;
    final NodePartitions partitions;
    private final RoutedPartitions routed;
    private final ReplicatedBlocks blocks;
    private final MoveService mover;
    private final RepairRounds repairs;
    private final PeerForceLinks force;
    private final ObjectLayer objects;

    NodeStack(Cluster cluster, Machine machine, NodePorts ports, StackOptions options) {
        this.founds = machine.isFounder;
        this.timers = ports.timers();
        PartitionPorts partitionPorts = new PartitionPorts(
                ports.loops(),
                ports.clock(),
                ports.timers(),
                ports.random(),
                ports.records(),
                ports.blocks(),
                ports.space());
        GroupPeers peers = new GroupPeers(ports.peers(), new Known(cluster));
        this.partitions = new NodePartitions(
                machine.id,
                cluster.partitioning,
                Releases.at(machine.level, ObjectLayer.stateMachine(), what -> cluster.violated(what, null)),
                partitionPorts,
                peers,
                options.partitions());
        this.routed = new RoutedPartitions(machine.id, partitions, partitionPorts, peers, options.partitions());
        BlockGroups groups = cluster.rules.over(new KeptGroups(partitions, routed, peers.holders()));
        this.blocks = new ReplicatedBlocks(
                new BlockPorts(
                        machine.id,
                        ports.peers(),
                        ports.blocks(),
                        groups,
                        ports.loops(),
                        ports.timers(),
                        ports.clock(),
                        ports.random()),
                options.replicas(),
                ObjectLayer.dropping(routed));
        BlockTransfer transfer = cluster.rules.over(blocks.moves());
        partitions.eraseBlocksBy(transfer::deleteCopy);
        SeenRing ring = new SeenRing(
                cluster, ports.clock(), cluster.random.fork(), options.moves().replaceAfterMillis());
        this.mover = new MoveService(
                machine.id,
                new MovePorts(
                        ports.clock(),
                        ports.timers(),
                        partitions.movable(() -> ports.space().room() != SpaceGuard.Room.ALL),
                        cluster.rules.over((MoveLinks) new PeerMoveLinks(
                                machine.id, cluster.partitioning, ports.peers(), peers.holders()::peer)),
                        transfer,
                        cluster.rules.over(ring)),
                options.moves());
        this.repairs = new RepairRounds(
                blocks.repair(),
                groups,
                cluster.partitioning,
                ports.loops(),
                ports.timers(),
                options.repairPauseMillis());
        this.force = new PeerForceLinks(
                machine.id, cluster.partitioning, ports.peers(), peers.holders()::peer, partitions.remains());
        Bodies bodies = new Bodies(options.bodies(), cluster.partitioning, blocks, ports.loops(), ports.random());
        this.objects = new ObjectLayer(
                new ObjectLayer.Ports(
                        cluster.flaw.over(routed),
                        bodies,
                        ports.blocks(),
                        ports.clock(),
                        ports.timers(),
                        ports.loops(),
                        ports.random()),
                options.objects());
    }

    /** Completes when it takes requests. */
    Future<Void> start() {
        Future<Void> founded = founds ? partitions.found() : Future.succeededFuture();
        return founded.compose(done -> partitions.start()).onSuccess(started -> {
            routed.serve();
            blocks.serve();
            mover.start();
            force.serve();
            repairs.start();
            objects.housekeeping().start();
        });
    }

    Recovery recovery() {
        return new Recovery(force);
    }

    ReplicatedBlocks blocks() {
        return blocks;
    }

    ObjectLayer objects() {
        return objects;
    }

    /** In the right way, as on SIGTERM. */
    Future<Void> stop() {
        mover.stop();
        repairs.stop();
        return housekeepingAtRest().compose(idle -> partitions.stop());
    }

    /** Or late, as in the program: what it asks of a partition without a majority may last until its command expires. */
    private Future<Void> housekeepingAtRest() {
        Promise<Void> rest = Promise.promise();
        Timer late = timers.once(HOUSEKEEPING_PATIENCE_MILLIS, rest::tryComplete);
        objects.housekeeping().stop().onComplete(idle -> {
            late.cancel();
            rest.tryComplete();
        });
        return rest.future();
    }

    void onUnreachable(Peer peer) {
        NodeId node = peer.node();
        if (node != null) {
            partitions.onPeerLost(node);
        }
    }

    /** What the ring would say of the others: a script stands for it. */
    private record Known(Cluster cluster) implements GroupHolders {
        @Override
        public @Nullable Peer peer(NodeId node) {
            Machine machine = cluster.machineOf(node);
            return machine == null ? null : new Peer(machine.address, node);
        }

        @Override
        public Future<List<NodeId>> of(PartitionId partition) {
            return Future.succeededFuture(cluster.placement.likely(partition));
        }
    }
}
