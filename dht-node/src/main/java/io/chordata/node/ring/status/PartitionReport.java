package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import java.util.List;

/**
 * A partition that a node holds, as the node knows it.
 *
 * @param isServing it takes commands and answers reads
 * @param commitIndex newest entry of its log that is certain
 * @param voters who vote in its group, as far as the node knows; empty where it does not say
 * @param learners who get its log and do not vote
 * @param isChanging its voters change: who voted before may be needed yet
 */
public record PartitionReport(
        PartitionId partition,
        boolean isServing,
        long term,
        long commitIndex,
        List<NodeId> voters,
        List<NodeId> learners,
        boolean isChanging) {
    public PartitionReport {
        voters = List.copyOf(voters);
        learners = List.copyOf(learners);
        if (term < 0 || commitIndex < 0) {
            throw new IllegalArgumentException("no log has term " + term + " and commit index " + commitIndex);
        }
    }
}
