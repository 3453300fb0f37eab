package io.chordata.node.ring.view;

/** Whether an operator wants a node to leave. */
public enum Departure {
    /** It stays, or stays again. */
    NONE,
    /** It gives its partitions away, and runs on until it is stopped. */
    DRAIN,
    /** It gives its partitions away, and is gone for ever when it has none left. */
    DECOMMISSION
}
