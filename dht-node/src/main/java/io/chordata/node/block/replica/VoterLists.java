package io.chordata.node.block.replica;

import io.chordata.node.block.replica.BlockProtos.Answer;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What several voters list from one position on. Each list is complete up to its last id, or to the end. */
final class VoterLists {
    static final Comparator<BlockRef> ORDER = Comparator.comparing(BlockRef::partition)
            .thenComparing(BlockRef::body)
            .thenComparingInt(BlockRef::index);

    private final PartitionId partition;
    private final Set<Member> from = new TreeSet<>();
    private final SortedSet<BlockRef> union = new TreeSet<>(ORDER);
    private @Nullable BlockRef horizon;

    VoterLists(PartitionId partition) {
        this.partition = partition;
    }

    /** Takes what the voter answered, if it is a list of this member's. */
    void add(Member voter, Answer answer) {
        boolean isList = answer.getOutcome() == Outcome.DONE;
        List<BlockRef> listed =
                isList ? BlockMessages.blocksOrNull(partition, answer.getIds().getIdsList()) : null;
        if (listed == null) {
            return;
        }
        from.add(voter);
        union.addAll(listed);
        if (answer.getIds().getMore() && !listed.isEmpty()) {
            BlockRef last = listed.get(listed.size() - 1);
            horizon = horizon == null || ORDER.compare(last, horizon) < 0 ? last : horizon;
        }
    }

    boolean isFrom(Member voter) {
        return from.contains(voter);
    }

    /** Up to where all lists are complete; null: to the end. */
    @Nullable
    BlockRef horizon() {
        return horizon;
    }

    List<BlockRef> until(@Nullable BlockRef last) {
        List<BlockRef> found = new ArrayList<>(union);
        found.removeIf(block -> last != null && ORDER.compare(block, last) > 0);
        return found;
    }
}
