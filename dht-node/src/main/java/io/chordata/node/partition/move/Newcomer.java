package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A node that leaders ask to take partitions: it says yes where it computes the same members as they do, has room on its disk, and
 * takes part in no more moves than it may. It counts those that leaders told it about lately, so nothing of this is durable:
 * after a restart they tell it again. Safe for use by many threads.
 */
final class Newcomer {
    private final MoveOptions options;
    private final MoveRules rules;
    private final Predicate<PartitionId> hasArrived;

    /** Until when each move counts. */
    private final Map<PartitionId, Long> coming = new TreeMap<>();

    /** @param hasArrived whether this node is a voter of that partition: its move is over */
    Newcomer(MoveOptions options, MoveRules rules, Predicate<PartitionId> hasArrived) {
        this.hasArrived = hasArrived;
        this.options = options;
        this.rules = rules;
    }

    /**
     * @param desired the members that the leader computes
     * @param isComing whether this node is a learner there already: the move only counts on
     * @param own what this node computes
     * @param obstacle what keeps it from taking this partition, whoever asks; null if nothing does
     */
    synchronized NewcomerAnswer onAsk(
            PartitionId partition,
            List<NodeId> desired,
            boolean isComing,
            Desired own,
            NodeCondition self,
            @Nullable NewcomerAnswer obstacle,
            long nowMillis) {
        forget(nowMillis);
        if (!isComing) {
            NewcomerAnswer refusal = refusal(partition, desired, own, self, obstacle);
            if (refusal != null) {
                return refusal;
            }
        }
        coming.put(partition, nowMillis + options.leaseMillis());
        return NewcomerAnswer.WELCOME;
    }

    private @Nullable NewcomerAnswer refusal(
            PartitionId partition,
            List<NodeId> desired,
            Desired own,
            NodeCondition self,
            @Nullable NewcomerAnswer obstacle) {
        if (self != NodeCondition.ALIVE) {
            return NewcomerAnswer.LEAVING;
        }
        if (!rules.agrees(own, desired)) {
            return NewcomerAnswer.OTHER_RING;
        }
        if (obstacle != null) {
            return obstacle;
        }
        if (hasArrived.test(partition)) {
            return NewcomerAnswer.VOTES_ALREADY;
        }
        boolean counts = coming.containsKey(partition);
        return counts || rules.hasRoom(coming.size(), options.maxComing()) ? null : NewcomerAnswer.TOO_MANY;
    }

    synchronized int coming(long nowMillis) {
        forget(nowMillis);
        return coming.size();
    }

    private void forget(long nowMillis) {
        coming.entrySet().removeIf(move -> move.getValue() <= nowMillis || hasArrived.test(move.getKey()));
    }
}
