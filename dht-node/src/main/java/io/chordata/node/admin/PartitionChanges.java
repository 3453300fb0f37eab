package io.chordata.node.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes into the log of events what is another with the cluster's partitions than when they were seen last. Not thread-safe. */
public final class PartitionChanges {
    private final EventLog events;
    private Map<Integer, PartitionView> before = Map.of();
    private @Nullable Long unserved;

    public PartitionChanges(EventLog events) {
        this.events = events;
    }

    /** @param now all partitions */
    public void saw(long wallMillis, List<PartitionView> now) {
        Map<Integer, PartitionView> seen = new HashMap<>();
        for (PartitionView partition : now) {
            seen.put(partition.partition(), partition);
            PartitionView last = before.get(partition.partition());
            if (last != null) {
                compare(wallMillis, last, partition);
            }
        }
        before = seen;
        warn(
                wallMillis,
                now.stream().filter(partition -> partition.leader() == null).count());
    }

    private void compare(long wallMillis, PartitionView last, PartitionView now) {
        boolean isOther =
                now.leader() == null ? last.leader() != null : !now.leader().equals(last.leader());
        if (isOther) {
            events.leader(wallMillis, now);
        }
        boolean hasMoved = !now.voters().equals(last.voters())
                || !now.learners().equals(last.learners())
                || !now.state().equals(last.state());
        if (hasMoved) {
            events.move(wallMillis, now);
        }
    }

    /** What is so from the beginning is no news: a node that has only just begun has not heard of all. */
    private void warn(long wallMillis, long nowUnserved) {
        if (unserved != null && nowUnserved > unserved) {
            events.warning(
                    wallMillis,
                    "partitions",
                    nowUnserved
                            + (nowUnserved == 1 ? " partition" : " partitions")
                            + " can be neither written nor read: most nodes that keep "
                            + (nowUnserved == 1 ? "it" : "them")
                            + " do not answer");
        }
        unserved = nowUnserved;
    }
}
