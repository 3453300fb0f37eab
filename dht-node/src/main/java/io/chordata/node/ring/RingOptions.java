package io.chordata.node.ring;

/**
 * How the ring is kept and searched.
 *
 * @param successorEntries length of a successor list, as far as the ring has it. Longer: more neighbours may fail at once;
 *     shorter: less to send when something changes
 * @param successorNodes how many other nodes a list must name; it grows beyond {@code successorEntries} for that
 * @param busyPeriodMillis between two stabilisations while anything changes. Longer: slower repair; shorter: more messages
 * @param quietPeriodMillis the same once nothing changes any more. Longer: a silent neighbour is noticed later; shorter:
 *     a higher price of doing nothing
 * @param questionMillis without an answer after which a node counts as dead. Longer: slower repair; shorter: slow nodes are
 *     taken for dead ones
 * @param attempts how often a question is sent within that time. More: fewer false alarms on a network that loses messages
 * @param deadMillis for how long a silent node is taken for dead without asking again. Longer: fewer vain questions;
 *     shorter: wrong suspicions are forgotten sooner
 * @param hedgeMillis without an answer after which a lookup asks the next best node, too. Longer: slower past dead nodes;
 *     shorter: more messages
 * @param healMillis between two questions for another ring. Longer: split rings meet later; shorter: more messages
 * @param cacheEntries arcs remembered. More: more lookups of one hop; fewer: less memory
 * @param routing what lookups may use
 */
public record RingOptions(
        int successorEntries,
        int successorNodes,
        long busyPeriodMillis,
        long quietPeriodMillis,
        long questionMillis,
        int attempts,
        long deadMillis,
        long hedgeMillis,
        long healMillis,
        int cacheEntries,
        Routing routing) {
    /** The most entries that a list may have, in memory and on the wire. */
    static final int SUCCESSOR_ENTRIES_MAX = 64;

    public static final RingOptions DEFAULT =
            new RingOptions(8, 4, 1_000, 10_000, 1_500, 3, 10_000, 250, 5_000, 4_096, Routing.ALL);

    /**
     * What lookups use beside fingers.
     *
     * @param lists successor lists for all hops; without them they serve the last hop only
     * @param cache arcs that earlier lookups met
     * @param directory the nodes that the directory knows
     */
    public record Routing(boolean lists, boolean cache, boolean directory) {
        public static final Routing ALL = new Routing(true, true, true);
        public static final Routing FINGERS = new Routing(false, false, false);
    }

    public RingOptions {
        within("successorEntries", successorEntries, 1, SUCCESSOR_ENTRIES_MAX);
        within("successorNodes", successorNodes, 1, SUCCESSOR_ENTRIES_MAX);
        within("busyPeriodMillis", busyPeriodMillis, 10, quietPeriodMillis);
        within("attempts", attempts, 1, 10);
        within("questionMillis", questionMillis, attempts, Integer.MAX_VALUE);
        within("deadMillis", deadMillis, 1, Integer.MAX_VALUE);
        within("hedgeMillis", hedgeMillis, 1, Integer.MAX_VALUE);
        within("healMillis", healMillis, 1, Integer.MAX_VALUE);
        within("cacheEntries", cacheEntries, 1, 1 << 20);
    }

    private static void within(String name, long value, long minimum, long maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(name + " must be " + minimum + " to " + maximum + ", got " + value);
        }
    }
}
