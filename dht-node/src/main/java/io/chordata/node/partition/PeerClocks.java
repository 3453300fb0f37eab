package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the clocks of other nodes show, as far as their messages tell, and whether this node's is near enough to them to stamp log
 * time. The clock in the middle decides, this node's among them: so one that is wrong is outvoted by two that agree, and with
 * two nodes nobody is. Messages come late, never early, so of those of the last seconds the one counts that shows most. Safe for
 * use by many threads.
 */
final class PeerClocks {
    static final long DEVIATION_MILLIS_MAX = 5_000;

    private static final long FORGOTTEN_MILLIS = 60_000;
    private static final long WINDOW_MILLIS = 10_000;
    private static final int NODES_MAX = 4_096;

    private final Map<NodeId, Seen> seen = new ConcurrentHashMap<>();

    /**
     * @param lead of the node's clock over this node's monotonic one
     * @param sinceMillis when that was seen, by the latter
     * @param heardMillis when it was heard last
     */
    private record Seen(long lead, long sinceMillis, long heardMillis) {}

    /**
     * @param wallMillis what its clock showed when it sent; 0 where it did not say
     * @param nowMillis of a clock that only goes forward
     */
    void onHeard(NodeId node, long wallMillis, long nowMillis) {
        if (wallMillis <= 0 || (seen.size() >= NODES_MAX && !seen.containsKey(node))) {
            return;
        }
        long lead = wallMillis - nowMillis;
        seen.merge(
                node,
                new Seen(lead, nowMillis, nowMillis),
                (before, now) -> before.lead > lead && nowMillis - before.sinceMillis < WINDOW_MILLIS
                        ? new Seen(before.lead, before.sinceMillis, nowMillis)
                        : now);
    }

    /** @param now of this node */
    boolean isNear(Now now) {
        long ownLead = now.wallMillis() - now.monotonicMillis();
        int ahead = 0;
        int behind = 0;
        int clocks = 1;
        for (Seen other : seen.values()) {
            if (now.monotonicMillis() - other.heardMillis < FORGOTTEN_MILLIS) {
                clocks++;
                ahead += other.lead - ownLead > DEVIATION_MILLIS_MAX ? 1 : 0;
                behind += ownLead - other.lead > DEVIATION_MILLIS_MAX ? 1 : 0;
            }
        }
        return 2 * ahead <= clocks && 2 * behind <= clocks;
    }
}
