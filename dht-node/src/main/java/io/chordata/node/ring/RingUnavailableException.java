package io.chordata.node.ring;

/** This node is not on the ring: not yet, or no longer. */
public final class RingUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RingUnavailableException(RingPhase phase) {
        super("this node is not on the ring: " + phase, null, false, false);
    }
}
