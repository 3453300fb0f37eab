package io.chordata.node.cli;

import io.chordata.node.config.NodeConfig;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Loops;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.Timers;
import io.chordata.node.founding.Decision;
import io.chordata.node.founding.Membership;
import io.chordata.node.partition.DeadReplicas;
import io.chordata.node.storage.Ballast;
import io.chordata.node.storage.BlockStorePorts;
import io.chordata.node.storage.BlockStoreThreads;
import io.chordata.node.storage.ChannelFiles;
import io.chordata.node.storage.DataDirectory;
import io.chordata.node.storage.DiskSpaceGuard;
import io.chordata.node.storage.Identity.Origin;
import io.chordata.node.storage.RocksRecordStore;
import io.chordata.node.storage.SegmentBlockStore;
import java.io.IOException;
import java.util.Objects;

/**
 * What the node keeps on its disk, open.
 *
 * @param space what the disk has room for, kept up to date by {@link SpaceWatch}
 * @param ballast kept whole by it, too
 */
record NodeStores(RocksRecordStore records, SegmentBlockStore blocks, DiskSpaceGuard space, Ballast ballast) {
    /** The identity that an empty directory gets. */
    static DataDirectory.Founding founding(Decision decision, RandomSource random) {
        Membership membership = Objects.requireNonNull(decision.membership(), "nothing was decided");
        return new DataDirectory.Founding(
                membership.cluster(),
                decision.node(),
                decision.kind() == Decision.Kind.FOUND ? Origin.FOUNDED : Origin.JOINED,
                membership.partitioning(),
                random.nextUint128());
    }

    /**
     * Opens records, then blocks, whose index is among the records. Where the blocks' directory is gone, so are the replicas that
     * wrote there, before there is a new one. Blocks.
     */
    static NodeStores open(
            DataDirectory directory,
            NodeConfig config,
            Loops loops,
            Timers timers,
            Clock clock,
            RandomSource random,
            StoreMeters meters,
            StopStack stops) {
        DiskSpaceGuard space = new DiskSpaceGuard(config.space());
        RocksRecordStore records =
                RocksRecordStore.open(directory.records(), config.records(), loops, meters.records());
        stops.push("records", records::close);
        if (directory.hasLostBlocks()) {
            new DeadReplicas(directory.identity().node(), records, loops, timers)
                    .bury()
                    .await();
        }
        BlockStoreThreads threads = new BlockStoreThreads(config.blocks());
        stops.push("block threads", threads::close);
        BlockStorePorts ports = new BlockStorePorts(
                files(directory), records, loops, timers, clock, random, space, threads.appender(), threads.readers());
        SegmentBlockStore blocks =
                SegmentBlockStore.open(ports, config.blocks(), meters.blocks()).await();
        stops.push("blocks", blocks::close);
        return new NodeStores(records, blocks, space, directory.ballast());
    }

    private static ChannelFiles files(DataDirectory directory) {
        try {
            return ChannelFiles.in(directory.blocks());
        } catch (IOException e) {
            throw new StoreFailedException("cannot use " + directory.blocks() + "; check the disk", e);
        }
    }
}
