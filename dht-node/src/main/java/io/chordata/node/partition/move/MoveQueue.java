package io.chordata.node.partition.move;

import io.chordata.node.core.PartitionId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which of the groups that a node leads may begin to move: as many at a time as it may lead, the most urgent first. A group that
 * is not heard of for a while is no longer led here. Safe for use by many threads.
 */
final class MoveQueue {
    private final int max;
    private final long forgetMillis;
    private final MoveRules rules;
    private final Map<PartitionId, Place> places = new TreeMap<>();

    /** @param wanted null while it is on the move */
    private record Place(@Nullable MovePriority wanted, long millis) {}

    MoveQueue(int max, long forgetMillis, MoveRules rules) {
        this.max = max;
        this.forgetMillis = forgetMillis;
        this.rules = rules;
    }

    /** @param wanted how urgent it is; null if it neither moves nor wants to */
    synchronized void note(PartitionId partition, boolean isMoving, @Nullable MovePriority wanted, long nowMillis) {
        if (isMoving) {
            places.put(partition, new Place(null, nowMillis));
        } else if (wanted != null) {
            places.put(partition, new Place(wanted, nowMillis));
        } else {
            places.remove(partition);
        }
    }

    /** Whether there is room for it, and for all that are more urgent. */
    synchronized boolean mayBegin(PartitionId partition, long nowMillis) {
        places.values().removeIf(place -> nowMillis - place.millis() > forgetMillis);
        Place own = places.get(partition);
        if (own == null || own.wanted() == null) {
            return false;
        }
        int before = 0;
        for (Map.Entry<PartitionId, Place> other : places.entrySet()) {
            before += isBefore(other, partition, own.wanted()) ? 1 : 0;
        }
        return rules.hasRoom(before, max);
    }

    private static boolean isBefore(Map.Entry<PartitionId, Place> other, PartitionId partition, MovePriority own) {
        MovePriority wanted = other.getValue().wanted();
        if (wanted == null) {
            return true;
        }
        int order = wanted.compareTo(own);
        return order != 0 ? order < 0 : other.getKey().compareTo(partition) < 0;
    }

    /** Moves under way. */
    synchronized int moving() {
        return (int)
                places.values().stream().filter(place -> place.wanted() == null).count();
    }

    synchronized int waiting() {
        return places.size() - moving();
    }
}
