package io.chordata.node.ring.status;

/** The ring has more positions than one answer may have. */
public final class RingTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RingTooLargeException(int positions) {
        super(
                "the ring has " + positions + " positions, and one answer takes " + ClusterRing.POSITIONS_MAX,
                null,
                false,
                false);
    }
}
