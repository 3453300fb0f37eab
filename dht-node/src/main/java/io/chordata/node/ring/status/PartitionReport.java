package io.chordata.node.ring.status;

import io.chordata.node.core.PartitionId;

/**
 * A partition that a node holds, as the node knows it.
 *
 * @param isServing it takes commands and answers reads
 * @param commitIndex newest entry of its log that is certain
 */
public record PartitionReport(PartitionId partition, boolean isServing, long term, long commitIndex) {
    public PartitionReport {
        if (term < 0 || commitIndex < 0) {
            throw new IllegalArgumentException("no log has term " + term + " and commit index " + commitIndex);
        }
    }
}
