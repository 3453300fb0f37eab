package io.chordata.node.partition.move;

import java.util.Comparator;

/**
 * How urgent a move is: first the groups with the fewest live copies, then those that a draining node is to leave, then balance.
 */
record MovePriority(int liveCopies, boolean isDraining) implements Comparable<MovePriority> {
    private static final Comparator<MovePriority> MOST_URGENT_FIRST = Comparator.comparingInt(MovePriority::liveCopies)
            .thenComparing(MovePriority::isDraining, Comparator.reverseOrder());

    @Override
    public int compareTo(MovePriority other) {
        return MOST_URGENT_FIRST.compare(this, other);
    }
}
