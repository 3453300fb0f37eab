package io.chordata.node.ring;

import io.chordata.node.ring.directory.DirectoryOptions;
import io.chordata.node.ring.view.Position;

/**
 * How a node takes part in the ring.
 *
 * @param positions how many places a node of weight 1 takes where nobody else has any, or one whose weight is measured. More:
 *     partitions are shared more evenly; fewer: less to keep up. Of effect when a node chooses its places, never after
 * @param patienceMillis for how long a newcomer that knows of the ring waits to be told all about it, and for those that
 *     choose first, before it chooses its places. Longer: it chooses well on a bad network and among many; shorter: it joins
 *     sooner there
 */
public record RingServiceOptions(int positions, long patienceMillis, RingOptions ring, DirectoryOptions directory) {
    public static final RingServiceOptions DEFAULT =
            new RingServiceOptions(32, 10_000, RingOptions.DEFAULT, DirectoryOptions.DEFAULT);

    public RingServiceOptions {
        within("positions", positions, 1, Position.PER_NODE_MAX);
        within("patienceMillis", patienceMillis, 0, Integer.MAX_VALUE);
    }

    private static void within(String name, long value, long minimum, long maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(name + " must be " + minimum + " to " + maximum + ", got " + value);
        }
    }
}
