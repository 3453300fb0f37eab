package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeId;

/**
 * The numbers of a group's generations. Whoever recovers a group by force begins a new one, which ranks before the term. A
 * number counts the generations before it and names the survivor that the group goes on from: only that node begins it, once.
 * So two who force a group from two survivors never mean one generation by two histories, and who repeats a command means the
 * same one again.
 */
public final class Generations {
    /** The one in which a group is founded. */
    public static final long FIRST = 0;

    private static final int SURVIVOR_BITS = 48;
    private static final long COUNT_MAX = Long.MAX_VALUE >>> SURVIVOR_BITS;

    private Generations() {}

    /** How many came before it. */
    public static long count(long generation) {
        return generation >>> SURVIVOR_BITS;
    }

    /**
     * The one that follows.
     *
     * @param newest that anybody has promised to take part in, or takes part in
     */
    public static long next(long newest, NodeId survivor) {
        long count = count(newest) + 1;
        if (newest < 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException("no generation follows on " + newest);
        }
        return count << SURVIVOR_BITS | nameOf(survivor);
    }

    /** Whether it is the node's to begin. */
    public static boolean isBegunBy(long generation, NodeId node) {
        return count(generation) > 0 && generation == (count(generation) << SURVIVOR_BITS | nameOf(node));
    }

    /** For people: how many came before it, and the name of its survivor. */
    public static String text(long generation) {
        return count(generation) + "-" + String.format("%012x", generation & ((1L << SURVIVOR_BITS) - 1));
    }

    /** Ids are drawn by chance, so that all of their bits tell nodes apart. */
    private static long nameOf(NodeId node) {
        return (node.value().high() ^ node.value().low()) & ((1L << SURVIVOR_BITS) - 1);
    }
}
