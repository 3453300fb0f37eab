package io.chordata.node.ring;

/** How often each {@link RingRule} was applied. */
public final class RingCounters {
    private final long[] counts = new long[RingRule.values().length];

    void count(RingRule rule) {
        counts[rule.ordinal()]++;
    }

    public long of(RingRule rule) {
        return counts[rule.ordinal()];
    }
}
