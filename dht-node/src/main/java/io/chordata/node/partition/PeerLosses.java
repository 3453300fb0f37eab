package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Which losses of connections are news. Where a node is down, every message to it is one more loss, and all groups are told of
 * each that counts. From any thread.
 */
final class PeerLosses {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int NODES_MAX = 4_096;

    private final Map<NodeId, Long> toldNanos = new ConcurrentHashMap<>();

    /** Whether it was not told a moment ago; by asking, it is told. */
    boolean isNews(NodeId node, long nowNanos) {
        if (toldNanos.size() >= NODES_MAX) {
            toldNanos.clear();
        }
        Long before = toldNanos.get(node);
        boolean isNews = before == null || nowNanos - before >= QUIET_NANOS;
        if (isNews) {
            toldNanos.put(node, nowNanos);
        }
        return isNews;
    }
}
