package io.chordata.node.ring.view;

import org.jspecify.annotations.Nullable;

/**
 * How much a node takes of the ring, and how many nodes hold each thing.
 *
 * @param positions places on the ring of a node of weight one, and of one that founds a cluster without being told its weight.
 *     More: shares are more even; fewer: less to keep and to repair
 * @param weightThousandths what this node takes, relative to others, in thousandths ({@link Weight}); null: by its disk, see
 *     {@link Weight#ofCapacity}
 * @param replication nodes that hold each thing; odd, as majorities decide. More: more nodes may fail; fewer: less disk
 * @param replaceAfterMillis after how long a node that is down is replaced. Longer: restarts move nothing; shorter: full
 *     redundancy is back sooner
 */
public record PlacementOptions(
        int positions, @Nullable Integer weightThousandths, int replication, long replaceAfterMillis) {
    private static final int REPLICATION_MAX = 7;
    private static final long REPLACE_MILLIS_MAX = 30L * 86_400_000;

    public static final PlacementOptions DEFAULT = new PlacementOptions(32, null, 3, 600_000);

    public PlacementOptions {
        weightOf(weightThousandths);
        Weight.ONE.positions(positions);
        if (replication < 1 || replication > REPLICATION_MAX || replication % 2 == 0) {
            throw new IllegalArgumentException("replication must be 1, 3, 5 or 7, got " + replication);
        }
        if (replaceAfterMillis < 1 || replaceAfterMillis > REPLACE_MILLIS_MAX) {
            throw new IllegalArgumentException(
                    "replaceAfterMillis must be 1 to " + REPLACE_MILLIS_MAX + ", got " + replaceAfterMillis);
        }
    }

    /** Null where the disk decides. */
    public @Nullable Weight weight() {
        return weightOf(weightThousandths);
    }

    private static @Nullable Weight weightOf(@Nullable Integer thousandths) {
        return thousandths == null ? null : new Weight(thousandths);
    }
}
