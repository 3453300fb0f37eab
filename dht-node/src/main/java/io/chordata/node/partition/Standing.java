package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import org.jspecify.annotations.Nullable;

/**
 * How this node's replica of a partition stands, as of the last turn of its loop.
 *
 * @param self as which member it keeps the partition
 * @param configuration the newest in its log, synced or not
 * @param committed the newest configuration that it knows to be committed, so that no later leader goes back behind it
 * @param syncedIndex up to where its log is synced
 * @param committedIndex up to where it knows the log to be committed
 * @param leader as far as it knows
 * @param generation how often the group was recovered by force
 * @param serves whether it leads, and takes commands and queries
 */
public record Standing(
        PartitionId partition,
        Member self,
        Configuration configuration,
        Configuration committed,
        long syncedIndex,
        long committedIndex,
        @Nullable Member leader,
        long generation,
        long term,
        boolean serves) {
    /** What others may learn from it. */
    public GroupKnowledge knowledge() {
        return new GroupKnowledge(partition, generation, committed, leader, term);
    }

    /** Whether the node is a member by the newest configuration, or leads by what else it heard. */
    boolean isWith(NodeId node) {
        return configuration.memberOf(node) != null
                || (leader != null && leader.node().equals(node));
    }

    /** Whether the newest configuration is synced in its log, so that a restart does not forget it. */
    public boolean isConfigurationSynced() {
        return syncedIndex >= configuration.index();
    }

    /** Whether the newest configuration is known to be committed. */
    public boolean isConfigurationCommitted() {
        return configuration.equals(committed);
    }
}
