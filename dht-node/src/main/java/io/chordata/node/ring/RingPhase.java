package io.chordata.node.ring;

/**
 * How far a node has come with the ring.
 *
 * <pre>
 *   phase     the node                                            next
 *   STARTING  reads what it remembers                             SEEKING JOINING
 *   SEEKING   never chose places, and looks for a ring            CHOOSING
 *   CHOOSING  chooses its places and stores the choice            JOINING
 *   JOINING   takes its places, or takes them again               JOINED
 *   JOINED    has all its places on the ring                      -
 *   LEFT      said goodbye                                        -
 *   REFUSED   is not let in by the cluster, and is silent         -
 *   FAILED    found itself broken, and is silent                  -
 * </pre>
 *
 * Any of the first five may become one of the last three.
 */
public enum RingPhase {
    STARTING,
    SEEKING,
    CHOOSING,
    JOINING,
    JOINED,
    LEFT,
    REFUSED,
    FAILED;

    /** Whether the node has nothing to do with the ring any more. */
    public boolean isOver() {
        return compareTo(LEFT) >= 0;
    }

    boolean mayBecome(RingPhase next) {
        if (isOver() || next == STARTING) {
            return false;
        }
        return next.isOver() || next.ordinal() == ordinal() + 1 || (this == STARTING && next == JOINING);
    }
}
