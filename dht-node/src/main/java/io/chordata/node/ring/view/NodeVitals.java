package io.chordata.node.ring.view;

import org.jspecify.annotations.Nullable;

/**
 * How a node's process fares and when it last looked at its disk, each null where its node or its system does not tell. Nodes of
 * earlier releases tell nothing.
 *
 * @param cpu share of the processor time of its machine, or of its container's limit, that its process took lately; 0 to 1
 * @param memoryBytesUsed what of its process is in memory
 * @param memoryBytesMax of its machine, or its container's limit
 * @param startedAt when its process began, in milliseconds since 1970
 * @param scrubbedAt when it had last read and checked all of its blocks, since it began
 */
public record NodeVitals(
        @Nullable Double cpu,
        @Nullable Long memoryBytesUsed,
        @Nullable Long memoryBytesMax,
        @Nullable Long startedAt,
        @Nullable Long scrubbedAt) {
    public static final NodeVitals UNTOLD = new NodeVitals(null, null, null, null, null);

    public NodeVitals {
        if (cpu != null && !(cpu >= 0 && cpu <= 1)) {
            throw new IllegalArgumentException("cpu is 0 to 1, got " + cpu);
        }
        check("memoryBytesUsed", memoryBytesUsed);
        check("memoryBytesMax", memoryBytesMax);
        check("startedAt", startedAt);
        check("scrubbedAt", scrubbedAt);
    }

    private static void check(String name, @Nullable Long value) {
        if (value != null && value < 0) {
            throw new IllegalArgumentException(name + " cannot be negative, got " + value);
        }
    }
}
