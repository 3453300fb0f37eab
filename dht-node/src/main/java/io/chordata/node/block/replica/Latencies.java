package io.chordata.node.block.replica;

import io.chordata.node.core.NodeId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast nodes answered reads lately, and how long nearly all that were served took. Those are two things: who is silent
 * is not to be asked first, and yet the next one is to be asked no later on its account. From any thread.
 */
final class Latencies {
    /** Of one answer in the mean of a node. */
    private static final double WEIGHT = 0.2;

    private static final int NODES_MAX = 4_096;
    private static final int RECENT = 128;

    private final Map<NodeId, Double> nanos = new LinkedHashMap<>();
    private final long[] recent = new long[RECENT];
    private int count;

    /** The node answered, or was given up, after that long. */
    synchronized void note(NodeId node, long tookNanos) {
        if (nanos.size() >= NODES_MAX && !nanos.containsKey(node)) {
            nanos.clear();
        }
        nanos.merge(node, (double) tookNanos, (old, now) -> old + WEIGHT * (now - old));
    }

    /** Somebody's answer served a read. */
    synchronized void noteServed(long tookNanos) {
        recent[count++ % RECENT] = tookNanos;
    }

    /** The mean of a node, weighted towards now; 0 for one that was not asked yet, so that it is. */
    synchronized double of(NodeId node) {
        return nanos.getOrDefault(node, 0.0);
    }

    /** Of the last reads that were served 19 of 20 took no longer; 0 while there are too few to tell. */
    synchronized long p95Nanos() {
        if (count < RECENT) {
            return 0;
        }
        long[] sorted = recent.clone();
        Arrays.sort(sorted);
        return sorted[RECENT * 95 / 100];
    }
}
