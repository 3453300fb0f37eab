package io.chordata.node.partition.move;

import io.chordata.node.partition.raft.Configuration;

/**
 * What a replica knows to be decided in its group.
 *
 * @param generation of the group, to whose history it belongs
 * @param configuration the newest that is committed
 * @param index up to where the log is committed; not before that of the entry that added the replica, before which it cannot
 *     know the configuration
 */
public record Committed(long generation, Configuration configuration, long index) {
    public Committed {
        if (index < configuration.index()) {
            throw new IllegalArgumentException(
                    "a configuration of index " + configuration.index() + " is not committed by " + index);
        }
    }
}
