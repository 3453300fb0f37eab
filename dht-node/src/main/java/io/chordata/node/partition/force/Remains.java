package io.chordata.node.partition.force;

import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
     * @param terms first index of each run of entries of one term, with that term; the first is the last entry that was cut
     */
    public record Copy(
            Member self,
            long lastTerm,
            long lastIndex,
            Configuration newest,
            Configuration committed,
            @Nullable String unfit,
            SortedMap<Long, Long> terms) {
        public Copy {
            terms = Collections.unmodifiableSortedMap(new TreeMap<>(terms));
        }

        /**
         * Whether this log has all that was decided in the other one of the same generation: it has that one's last entry, and with
         * it all before (Raft section 5.3), or has cut it as decided.
         */
        boolean covers(Copy other) {
            if (other.lastIndex == 0 || (!terms.isEmpty() && other.lastIndex < terms.firstKey())) {
                return true;
            }
            Map.Entry<Long, Long> run = new TreeMap<>(terms).floorEntry(other.lastIndex);
            return other.lastIndex <= lastIndex && run != null && run.getValue() == other.lastTerm;
        }

        /** Whether it reaches the entry that added it, and with that what the group decided. */
        boolean isWhole() {
            return lastIndex >= self.tenure();
        }
    }
}
