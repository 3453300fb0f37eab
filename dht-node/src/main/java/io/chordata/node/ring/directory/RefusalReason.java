package io.chordata.node.ring.directory;

/** Why a node is refused, as its operator reads it. */
public enum RefusalReason {
    /** Its id was decommissioned. */
    DECOMMISSIONED("this node was decommissioned: its id is refused for ever. Start it on an empty data directory"),
    /** A start with the same or a later incarnation is known. */
    STALE_START(
            "the cluster knows a start of this node that is as new or newer: this data directory is a copy, or was set"
                    + " back to an earlier state. Start the node that has the original, or start this one on an empty data directory"),
    /** The same node lives elsewhere. */
    ALREADY_LIVE(
            "a node with this id is running at another address: one data directory is a copy of the other. Keep one of"
                    + " the two, and start the other on an empty data directory");

    private final String explanation;

    RefusalReason(String explanation) {
        this.explanation = explanation;
    }

    public String explanation() {
        return explanation;
    }
}
