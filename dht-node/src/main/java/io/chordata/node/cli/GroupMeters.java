package io.chordata.node.cli;

import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.block.replica.ReplicatedBlocks;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.raft.RaftEvent;
import java.util.function.Predicate;

/** What the replicas on this node tell the metrics: how their groups stand, move, and get their blocks. */
final class GroupMeters {
    private final NodeMeters meters;

    GroupMeters(NodeMeters meters) {
        this.meters = meters;
    }

    /** @param replication how many nodes should keep each partition */
    void watch(NodePartitions kept, int replication) {
        meters.gauge(Metric.PARTITIONS_KEPT, () -> count(kept, standing -> true));
        meters.gauge(
                Metric.PARTITIONS_TERM,
                () -> kept.standings().stream().mapToLong(Standing::term).max().orElse(0));
        meters.gauge(
                Metric.PARTITIONS_UNDER_REPLICATED,
                () -> count(
                        kept,
                        standing -> standing.serves()
                                && standing.configuration().voters().size() < replication));
        meters.gauge(Metric.PARTITIONS_NO_LEADER, () -> count(kept, standing -> standing.leader() == null));
        for (RaftEvent event : RaftEvent.values()) {
            meters.count(Metric.PARTITIONS_STEPS, () -> kept.count(event), "step", RpcWatch.lower(event));
        }
    }

    private static long count(NodePartitions kept, Predicate<Standing> which) {
        return kept.standings().stream().filter(which).count();
    }

    void watch(Moves moves) {
        meters.gauge(Metric.PARTITIONS_MOVES, () -> moves.view().leading(), "state", "leading");
        meters.gauge(Metric.PARTITIONS_MOVES, () -> moves.view().coming(), "state", "coming");
        meters.gauge(Metric.PARTITIONS_MOVES, () -> moves.view().waiting(), "state", "waiting");
        meters.gauge(Metric.PARTITIONS_MOVES, () -> moves.view().refused(), "state", "refused");
    }

    void watch(ReplicatedBlocks blocks) {
        meters.count(Metric.BLOCKS_FETCHED, blocks::fetchedBlocks);
        meters.count(Metric.BLOCKS_BAD_COPIES, blocks::badCopies);
        meters.count(Metric.BLOCKS_UNSETTLED, blocks::unsettledBlocks);
    }
}
