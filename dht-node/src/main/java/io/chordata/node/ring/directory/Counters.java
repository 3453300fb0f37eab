package io.chordata.node.ring.directory;

/** How often each {@link Counter} has counted. */
final class Counters {
    private final long[] counts = new long[Counter.values().length];

    void count(Counter counter) {
        add(counter, 1);
    }

    void add(Counter counter, int by) {
        counts[counter.ordinal()] += by;
    }

    long get(Counter counter) {
        return counts[counter.ordinal()];
    }
}
