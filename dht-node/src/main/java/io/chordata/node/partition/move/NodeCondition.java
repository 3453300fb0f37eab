package io.chordata.node.partition.move;

/** What this node's directory holds another to be. */
public enum NodeCondition {
    ALIVE,
    /** Runs, and gives its partitions away. */
    DRAINING,
    /** Did not answer; has time to object. */
    SUSPECT,
    DOWN,
    /** Left for ever, came back as another, or was never heard of. */
    GONE;

    /** Whether a copy there counts as one that can be read. */
    boolean isUp() {
        return this == ALIVE || this == DRAINING || this == SUSPECT;
    }
}
