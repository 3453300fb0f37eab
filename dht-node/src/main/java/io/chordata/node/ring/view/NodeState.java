package io.chordata.node.ring.view;

/**
 * What the directory holds a node to be. Joining, alive and draining a node says of itself; the others are said about it
 * (and {@code DOWN} also by a node that says goodbye).
 *
 * <pre>
 *   state           may become                                  routing        placement
 *   JOINING         ALIVE SUSPECT DOWN DRAINING DECOMMISSIONED  not yet        not yet
 *   ALIVE           SUSPECT DOWN DRAINING DECOMMISSIONED        yes            holds its partitions
 *   DRAINING        ALIVE SUSPECT DOWN DECOMMISSIONED           yes            skipped at once
 *   SUSPECT         any                                         others first   as before it was suspected
 *   DOWN            any                                         no             as before, until replaced
 *   DECOMMISSIONED  none                                        refused        never
 * </pre>
 *
 * <p>Nobody who was alive joins again: a node that restarts comes back as alive (or draining) with the places it has chosen,
 * and would else lose its partitions for a moment. What died while it joined may resume that. Because an observer can miss
 * what was in between (alive while it only saw joining and draining), the table holds for what two observations tell.
 *
 * <p>A node that is suspect or down is placed as it was before, see {@link NodeRecord#stated}. When a node that is down is
 * replaced is not a state: each leader decides it from how long itself has known, and says so when it asks for the placement.
 */
public enum NodeState {
    /** Its places are not on the ring yet. */
    JOINING,
    ALIVE,
    /** Did not answer; has time to object. */
    SUSPECT,
    DOWN,
    /** Runs, and gives its partitions away: an operator wants it to leave. */
    DRAINING,
    /** Left for ever: its id is refused. */
    DECOMMISSIONED;

    public boolean mayBecome(NodeState next) {
        if (next == this) {
            return true;
        }
        return switch (this) {
            case JOINING, SUSPECT, DOWN -> true;
            case ALIVE, DRAINING -> next != JOINING;
            case DECOMMISSIONED -> false;
        };
    }

    /** Whether a node says this of itself while it runs. */
    public boolean isStated() {
        return this == JOINING || this == ALIVE || this == DRAINING;
    }

    /** Whether its places answer, as far as anyone knows. */
    public boolean isRoutable() {
        return this == ALIVE || this == DRAINING || this == SUSPECT;
    }
}
