package io.chordata.node.cli;

import io.chordata.node.block.replica.BlockRepair;
import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.Standing;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's blocks with those of the other members, one partition after the other, round after round. What a node
 * missed while it was away, or lost, comes back so.
 */
final class BlockUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(BlockUpkeep.class);
    private static final long ROUND_PAUSE_MILLIS = 60_000;
    private static final long PARTITION_PAUSE_MILLIS = 250;

    private final NodePartitions partitions;
    private final BlockRepair repair;
    private final Timers timers;
    private final Loop loop;
    private final Deque<PartitionId> round = new ArrayDeque<>();
    private volatile boolean isStopped;

    BlockUpkeep(NodePartitions partitions, BlockRepair repair, Timers timers, Loop loop) {
        this.partitions = partitions;
        this.repair = repair;
        this.timers = timers;
        this.loop = loop;
    }

    void start() {
        loop.execute(() -> later(PARTITION_PAUSE_MILLIS));
    }

    /** Nothing new begins. */
    void stop() {
        isStopped = true;
    }

    private void later(long millis) {
        timers.once(millis, this::next);
    }

    private void next() {
        if (isStopped) {
            return;
        }
        PartitionId partition = round.poll();
        if (partition == null) {
            partitions.standings().stream()
                    .filter(BlockUpkeep::hasOthers)
                    .map(Standing::partition)
                    .forEach(round::add);
            later(ROUND_PAUSE_MILLIS);
            return;
        }
        repair.repair(partition)
                .onFailure(cause -> LOG.warn(
                        "event=block_repair_put_off partition={} cause=\"{}\"", partition, cause.getMessage()))
                .onComplete(done -> later(PARTITION_PAUSE_MILLIS));
    }

    private static boolean hasOthers(Standing standing) {
        return standing.configuration().members().size() > 1;
    }
}
