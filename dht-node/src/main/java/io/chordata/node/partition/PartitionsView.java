package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import java.util.List;

/**
 * The partitions of this node at about one moment, for status and metrics.
 *
 * @param partitions in order of their number
 */
public record PartitionsView(List<PartitionView> partitions) {
    public PartitionsView {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition.
     *
     * @param state starting, replaying, following, serving, stopping, stopped or failed
     * @param commitIndex newest entry that is certain
     * @param appliedIndex newest entry that queries see
     * @param queued commands taken and not yet answered
     * @param queuedBytes of those commands
     * @param logBytes of the entries kept
     * @param workerRuns runs of entries applied on a worker, because something was not in memory or at start
     * @param workerQueries answered on a worker
     * @param voters of the group, as far as the replica knows; while they change, those before and those after
     * @param learners who get the group's log and do not vote
     */
    public record PartitionView(
            PartitionId partition,
            String state,
            long term,
            long commitIndex,
            long appliedIndex,
            long queued,
            long queuedBytes,
            long logBytes,
            long workerRuns,
            long workerQueries,
            List<NodeId> voters,
            List<NodeId> learners) {
        public PartitionView {
            voters = List.copyOf(voters);
            learners = List.copyOf(learners);
        }

        public boolean isServing() {
            return state.equals(GroupState.SERVING.word());
        }

        public boolean hasFailed() {
            return state.equals(GroupState.FAILED.word());
        }
    }

    /** Sums over all partitions. */
    public record Totals(long serving, long queued, long queuedBytes, long logBytes, long unapplied) {
        private Totals plus(PartitionView partition) {
            return new Totals(
                    serving + (partition.isServing() ? 1 : 0),
                    queued + partition.queued(),
                    queuedBytes + partition.queuedBytes(),
                    logBytes + partition.logBytes(),
                    unapplied + partition.commitIndex() - partition.appliedIndex());
        }
    }

    public Totals totals() {
        Totals totals = new Totals(0, 0, 0, 0, 0);
        for (PartitionView partition : partitions) {
            totals = totals.plus(partition);
        }
        return totals;
    }
}
