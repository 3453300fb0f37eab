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
 * @param configuration the newest that was heard of. What a replica says of itself is committed; what a member refused a block
 *     for may not be
 * @param leader of {@code term}, if that is known
 */
public record GroupKnowledge(
        PartitionId partition,
        long generation,
        Configuration configuration,
        @Nullable Member leader,
        long term) {
    private static final Comparator<GroupKnowledge> BY_CONFIGURATION = Comparator.comparingLong(
                    GroupKnowledge::generation)
            .thenComparingLong(known -> known.configuration().index());
    private static final Comparator<GroupKnowledge> BY_TERM = Comparator.comparingLong(GroupKnowledge::generation)
            .thenComparingLong(GroupKnowledge::term)
            .thenComparing(known -> known.leader() != null);

    /** Whether its configuration is the newer one, or else its leader. */
    public boolean isNewerThan(GroupKnowledge other) {
        return BY_CONFIGURATION.thenComparing(BY_TERM).compare(this, other) > 0;
    }

    /** The newer configuration of the two, and the newer leader: one may know more of this, the other of that. */
    GroupKnowledge merge(GroupKnowledge other) {
        GroupKnowledge members = BY_CONFIGURATION.compare(this, other) >= 0 ? this : other;
        GroupKnowledge led = BY_TERM.compare(this, other) >= 0 ? this : other;
        return new GroupKnowledge(partition, members.generation, members.configuration, led.leader, led.term);
    }

    /** Whether it is no older than the other as to who leads. What a leader says of itself then counts more. */
    boolean isOfNoEarlierTermThan(GroupKnowledge other) {
        return BY_TERM.compare(this, other) >= 0;
    }

    GroupKnowledge withLeader(@Nullable Member newLeader) {
        return new GroupKnowledge(partition, generation, configuration, newLeader, term);
    }
}
