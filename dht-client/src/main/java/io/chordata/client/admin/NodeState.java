package io.chordata.client.admin;

/** What a node is. */
public enum NodeState {
    /** Not on the ring yet. */
    JOINING,
    ALIVE,
    /** Did not answer; has time to object. */
    SUSPECT,
    DOWN,
    /** Runs, and gives its partitions away. */
    DRAINING,
    /** Draining, and nothing is left on it. */
    DRAINED,
    /** Left for ever. */
    DECOMMISSIONED,
    /** Of a newer release than this one. */
    OTHER
}
