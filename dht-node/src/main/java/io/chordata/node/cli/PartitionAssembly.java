package io.chordata.node.cli;

import io.chordata.node.block.Blocks;
import io.chordata.node.block.Bodies;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.Timers;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.GroupPeers;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.PartitionPorts;
import io.chordata.node.partition.Partitions;
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

    private final NodeConfig config;
    private final Loops loops;
    private final Timers timers;
    private final Clock clock;
    private final RandomSource random;
    private final StopStack stops;

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
     * Opens what the disk has of partitions; all of them where this node founds the cluster.
     *
     * @param news tells the groups whom nobody reaches
     */
    NodePartitions startPartitions(Identity identity, NodeStores stores, GroupPeers peers, PeerNews news) {
        NodePartitions partitions = new NodePartitions(
                identity.node(),
                identity.partitioning(),
                ObjectLayer.stateMachine(),
                ports(stores),
                peers,
                config.partitions());
        stops.push("partitions", () -> partitions.stop().await());
        if (identity.origin() == Origin.FOUNDED) {
            partitions.found().await();
        }
        partitions.start().await();
        news.tell(peer -> onUnreachable(partitions, peer));
        return partitions;
    }

    private PartitionPorts ports(NodeStores stores) {
        return new PartitionPorts(loops, clock, timers, random, stores.records(), stores.blocks(), stores.space());
    }

    private static void onUnreachable(NodePartitions partitions, Peer peer) {
        NodeId node = peer.node();
        if (node != null) {
            partitions.onPeerLost(node);
        }
    }

    /** All partitions, wherever they are kept; from now on other nodes may ask for those here. */
    RoutedPartitions route(Identity identity, NodeStores stores, NodePartitions partitions, GroupPeers peers) {
        RoutedPartitions routed =
                new RoutedPartitions(identity.node(), partitions, ports(stores), peers, config.partitions());
        routed.serve();
        return routed;
    }

    /** @param blocks of all partitions */
    ObjectLayer startObjects(Partitions partitions, BlockStore blocks) {
        Bodies bodies = new Bodies(config.bodies(), partitions.partitioning(), Blocks.of(blocks), loops, random);
        ObjectLayer objects = new ObjectLayer(
                new ObjectLayer.Ports(partitions, bodies, blocks, clock, timers, loops, random), config.objects());
        objects.housekeeping().start();
        stops.push("housekeeping", () -> objects.housekeeping().stop().await(STOP_SECONDS, TimeUnit.SECONDS));
        return objects;
    }
}
