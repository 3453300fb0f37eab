package io.chordata.node.partition;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import org.jspecify.annotations.Nullable;

/**
 * How this node's replica of a partition stands, as of the last turn of its loop.
 *
 * @param self as which member it keeps the partition
 * @param configuration the newest in its log, synced or not
 * @param syncedIndex up to where its log is synced
 * @param leader as far as it knows
 * @param generation how often the group was recovered by force
 * @param serves whether it leads, and takes commands and queries
 */
public record Standing(
        PartitionId partition,
        Member self,
        Configuration configuration,
        long syncedIndex,
        @Nullable Member leader,
        long generation,
        long term,
        boolean serves) {
    /** What others may learn from it. */
    public GroupKnowledge knowledge() {
        return new GroupKnowledge(partition, generation, configuration, leader, term);
    }

    /** Whether the newest configuration is synced in its log, so that a restart does not forget it. */
    public boolean isConfigurationSynced() {
        return syncedIndex >= configuration.index();
    }
}
