package io.chordata.node.block.replica;

import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;

/**
 * How this node stands in a partition's group.
 *
 * @param self as which member it keeps the partition
 * @param configuration the newest in its log, synced or not
 * @param syncedIndex up to where its log is synced
 * @param committedIndex up to where it knows its log to be committed
 * @param generation how often the group was recovered by force
 */
public record BlockStanding(
        Member self, Configuration configuration, long syncedIndex, long committedIndex, long generation) {
    public BlockTag tag() {
        return new BlockTag(generation, configuration);
    }

    /** Whether a restart will not forget the configuration. */
    boolean isConfigurationSynced() {
        return syncedIndex >= configuration.index();
    }

    /** Whether no leader can ever replace the configuration by another at its place. */
    boolean isConfigurationCommitted() {
        return committedIndex >= configuration.index();
    }
}
