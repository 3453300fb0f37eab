package io.chordata.node.cli;

import io.chordata.node.block.Bodies;
import io.chordata.node.block.replica.BlockGroups;
import io.chordata.node.block.replica.BlockPorts;
import io.chordata.node.block.replica.KeptGroups;
import io.chordata.node.block.replica.RepairRounds;
import io.chordata.node.block.replica.ReplicaOptions;
import io.chordata.node.block.replica.ReplicatedBlocks;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.Timers;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.GroupPeers;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.PartitionPorts;
import io.chordata.node.partition.RoutedPartitions;
import io.chordata.node.storage.Identity;
import io.chordata.node.storage.Identity.Origin;
import java.util.concurrent.TimeUnit;

/**
 * Puts together what a node keeps of partitions, its way to those that others keep, and the objects that stand on them. Blocks,
 * as the thread may that starts the program.
 */
final class PartitionAssembly {
    private static final long STOP_SECONDS = 10;
    /** A node whose disk is fuller than that takes no more partitions. */
    private static final int FULL_PERMILLE = 850;

    private static final long REPAIR_PAUSE_MILLIS = 180_000;

    private final NodeConfig config;
    private final Loops loops;
    private final Timers timers;
    private final Clock clock;
    private final RandomSource random;
    private final StopStack stops;

    /**
     * What objects stand on.
     *
     * @param kept the replicas on this node
     * @param all partitions, wherever they are kept
     */
    record Parts(
            Identity identity,
            NodeStores stores,
            GroupPeers peers,
            NodePartitions kept,
            RoutedPartitions all,
            BlockGroups groups,
            ReplicatedBlocks blocks) {}

    PartitionAssembly(
            NodeConfig config, Loops loops, Timers timers, Clock clock, RandomSource random, StopStack stops) {
        this.config = config;
        this.loops = loops;
        this.timers = timers;
        this.clock = clock;
        this.random = random;
        this.stops = stops;
    }

    /**
     * Opens what the disk has of partitions; all of them where this node founds the cluster. From now on other nodes may ask for
     * what is here.
     *
     * @param news tells the groups whom nobody reaches
     */
    Parts open(Identity identity, NodeStores stores, GroupPeers peers, PeerNews news) {
        PartitionPorts ports =
                new PartitionPorts(loops, clock, timers, random, stores.records(), stores.blocks(), stores.space());
        NodePartitions kept = new NodePartitions(
                identity.node(),
                identity.partitioning(),
                ObjectLayer.stateMachine(),
                ports,
                peers,
                config.partitions());
        RoutedPartitions all = new RoutedPartitions(identity.node(), kept, ports, peers, config.partitions());
        BlockGroups groups = new KeptGroups(kept, all, peers.holders());
        ReplicatedBlocks blocks = new ReplicatedBlocks(
                new BlockPorts(identity.node(), peers.peers(), stores.blocks(), groups, loops, timers, clock, random),
                ReplicaOptions.forHeap(Runtime.getRuntime().maxMemory()),
                ObjectLayer.dropping(all));
        kept.eraseBlocksBy(blocks.moves()::deleteCopy);
        start(identity, kept);
        all.serve();
        blocks.serve();
        news.tell(peer -> onUnreachable(kept, peer));
        return new Parts(identity, stores, peers, kept, all, groups, blocks);
    }

    private void start(Identity identity, NodePartitions kept) {
        stops.push("partitions", () -> kept.stop().await());
        if (identity.origin() == Origin.FOUNDED) {
            kept.found().await();
        }
        kept.start().await();
        if (identity.origin() == Origin.FOUNDED) {
            kept.awaitVoters(votersExpected()).await();
        }
    }

    /** An odd number, as voters are. */
    private int votersExpected() {
        int nodes =
                Math.min(config.cluster().expect(), config.cluster().placement().replication());
        return nodes - (nodes + 1) % 2;
    }

    private static void onUnreachable(NodePartitions partitions, Peer peer) {
        NodeId node = peer.node();
        if (node != null) {
            partitions.onPeerLost(node);
        }
    }

    ObjectLayer startObjects(Parts store) {
        Bodies bodies = new Bodies(config.bodies(), store.all.partitioning(), store.blocks, loops, random);
        ObjectLayer objects = new ObjectLayer(
                new ObjectLayer.Ports(store.all, bodies, store.stores.blocks(), clock, timers, loops, random),
                config.objects());
        objects.housekeeping().start();
        stops.push("housekeeping", () -> objects.housekeeping().stop().await(STOP_SECONDS, TimeUnit.SECONDS));
        return objects;
    }

    /**
     * From now on the partitions follow the ring.
     *
     * @param loop on which all of it runs but what belongs to partitions
     */
    Moves startMoves(Parts store, RingSurroundings surroundings, Loop loop) {
        Moves moves = new Moves(
                new Moves.Parts(
                        store.identity.node(),
                        store.kept,
                        store.peers,
                        store.blocks.moves(),
                        surroundings,
                        () -> store.stores.space().isOver(FULL_PERMILLE),
                        clock,
                        timers,
                        loop),
                config.cluster().moves());
        moves.start();
        stops.push("moves", moves::stop);
        RepairRounds rounds = new RepairRounds(
                store.blocks.repair(), store.groups, store.identity.partitioning(), loops, timers, REPAIR_PAUSE_MILLIS);
        rounds.start();
        stops.push("block repair", rounds::stop);
        return moves;
    }
}
