package io.chordata.node.storage;

/**
 * How eagerly the block store looks after itself.
 *
 * @param compactionPauseMillis between two looks for a segment to compact, when the last one found none. Larger: fewer
 *     looks. Smaller: dead space comes back sooner.
 * @param scrubBytesPerSecond read and checked during a pass. Larger: rot is found sooner. Smaller: more of the disk is
 *     left to requests.
 * @param scrubPauseMillis between two passes. Larger: less reading. Smaller: rot is found sooner.
 */
public record BlockMaintenanceOptions(long compactionPauseMillis, long scrubBytesPerSecond, long scrubPauseMillis) {
    public static final BlockMaintenanceOptions DEFAULT =
            new BlockMaintenanceOptions(30_000, 16L << 20, 24L * 60 * 60 * 1000);

    public BlockMaintenanceOptions {
        requirePositive("compactionPauseMillis", compactionPauseMillis);
        requirePositive("scrubBytesPerSecond", scrubBytesPerSecond);
        requirePositive("scrubPauseMillis", scrubPauseMillis);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }
}
