package io.chordata.node.partition.force;

import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import org.jspecify.annotations.Nullable;

/**
 * What a node has of a partition, durably.
 *
 * @param generation of the group's in which it acted last
 * @param promised the newest generation that it has promised itself to, or has met; kept also where no copy is
 * @param copy null if it keeps none
 */
public record Remains(
        long generation, long promised, @Nullable Copy copy) {
    public Remains {
        if (generation < 0 || promised < generation) {
            throw new IllegalArgumentException("promised to " + promised + " in generation " + generation);
        }
    }

    /**
     * A replica, whatever it does.
     *
     * @param newest in its log
     * @param committed the newest that it knows to be committed
     * @param unfit why no generation can go on from it; null if one can
     */
    public record Copy(
            Member self,
            long lastTerm,
            long lastIndex,
            Configuration newest,
            Configuration committed,
            @Nullable String unfit) {
        /** Whether it reaches the entry that added it, and with that what the group decided. */
        boolean isWhole() {
            return lastIndex >= self.tenure();
        }
    }
}
