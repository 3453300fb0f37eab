package io.chordata.node.partition;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What somebody knows of who keeps a partition. A hint: the group itself decides.
 *
 * @param generation how often the group was recovered by force
 * @param configuration the newest that was heard of, perhaps not committed
 * @param leader of {@code term}, if that is known
 */
public record GroupKnowledge(
        PartitionId partition, long generation, Configuration configuration, @Nullable Member leader, long term) {
    private static final Comparator<GroupKnowledge> BY_AGE = Comparator.comparingLong(GroupKnowledge::generation)
            .thenComparingLong(known -> known.configuration().index())
            .thenComparingLong(GroupKnowledge::term)
            .thenComparing(known -> known.leader() != null);

    /** Whether it is the better of two about one partition. */
    public boolean isNewerThan(GroupKnowledge other) {
        return BY_AGE.compare(this, other) > 0;
    }
}
