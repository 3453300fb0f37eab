package io.chordata.node.ring.status;

import java.util.List;

/**
 * Some partitions of one node: as many as fit into an answer.
 *
 * @param partitions by rising number
 * @param more whether there are others with higher numbers
 */
record PartitionsPage(List<PartitionReport> partitions, boolean more) {
    PartitionsPage {
        partitions = List.copyOf(partitions);
        for (int i = 1; i < partitions.size(); i++) {
            if (partitions.get(i).partition().compareTo(partitions.get(i - 1).partition()) <= 0) {
                throw new IllegalArgumentException("partitions out of order");
            }
        }
        if (more && partitions.isEmpty()) {
            throw new IllegalArgumentException("an empty page before the last");
        }
    }
}
