package io.chordata.node.cli;

import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.block.replica.ReplicatedBlocks;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.RoutedPartitions;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftEvent;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.RingView;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the replicas on this node tell the metrics: how their groups stand, move, and get their blocks. */
final class GroupMeters {
    private final NodeMeters meters;

    GroupMeters(NodeMeters meters) {
        this.meters = meters;
    }

    /**
     * @param replication how many nodes should keep each partition
     * @param ring who is in the cluster, and up
     */
    void watch(NodePartitions kept, int replication, Supplier<RingView> ring) {
        meters.gauge(Metric.PARTITIONS_KEPT, () -> count(kept, standing -> true));
        meters.gauge(
                Metric.PARTITIONS_TERM,
                () -> kept.standings().stream().mapToLong(Standing::term).max().orElse(0));
        meters.gauge(Metric.PARTITIONS_UNDER_REPLICATED, () -> {
            RingView view = ring.get();
            return count(kept, standing -> standing.serves() && isUnderReplicated(standing, replication, view));
        });
        meters.gauge(Metric.PARTITIONS_NO_LEADER, () -> count(kept, standing -> standing.leader() == null));
        for (RaftEvent event : RaftEvent.values()) {
            meters.count(Metric.PARTITIONS_STEPS, () -> kept.count(event), "step", RpcWatch.lower(event));
        }
    }

    /** A voter keeps its seat while its node is down or came back without its blocks: such a seat is no copy. */
    static boolean isUnderReplicated(Standing standing, int replication, RingView view) {
        Configuration configuration = standing.configuration();
        return configuration.voters().stream()
                        .filter(voter -> !configuration.isDead(voter) && isUp(voter, view))
                        .count()
                < replication;
    }

    private static boolean isUp(Member voter, RingView view) {
        NodeRecord node = view.node(voter.node());
        return node != null && node.state().isRoutable();
    }

    private static long count(NodePartitions kept, Predicate<Standing> which) {
        return kept.standings().stream().filter(which).count();
    }

    void watch(RoutedPartitions all) {
        meters.count(Metric.PARTITIONS_ROUTED, all::settledHere, "to", "here");
        meters.count(Metric.PARTITIONS_ROUTED, all::forwarded, "to", "elsewhere");
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
