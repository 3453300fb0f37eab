package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.List;
import java.util.stream.Stream;

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
     * @param configuration who is in the group, as far as the replica knows
     * @param committed who is surely in the group: a later leader may not know the newest configuration
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
            Configuration configuration,
            Configuration committed) {
        /** Who votes and is there to do so; while the voters change, those before and those after. */
        public List<NodeId> voters() {
            return Stream.of(committed, configuration)
                    .flatMap(known -> known.members().stream().filter(known::isVoter))
                    .filter(voter -> !configuration.isDead(voter))
                    .map(Member::node)
                    .sorted()
                    .distinct()
                    .toList();
        }

        /** Who get the group's log and do not vote. */
        public List<NodeId> learners() {
            return configuration.learners().stream().map(Member::node).toList();
        }

        /** Whether those who voted before may be needed yet. */
        public boolean isChanging() {
            return configuration.isJoint()
                    || committed.isJoint()
                    || !configuration.voters().equals(committed.voters());
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
