package io.chordata.node.partition;

import io.chordata.node.partition.raft.Configuration;
import java.util.List;

/**
 * A page of a partition's state at one applied index.
 *
 * @param mark of the state, the same on each page
 * @param configuration as of there
 * @param level as of there
 * @param rows in order of their keys
 * @param isLast whether none follow
 */
record SnapshotPage(AppliedMark mark, Configuration configuration, int level, List<Row> rows, boolean isLast) {
    SnapshotPage {
        rows = List.copyOf(rows);
    }

    /** @param key without partition and generation: (table u8, key) */
    record Row(byte[] key, byte[] value) {}
}
