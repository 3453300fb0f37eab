package io.chordata.node.core;

/** A peer is alive and has answered that it did not do what was asked, or failed while it did. */
public final class PeerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean undone;

    /** @param undone whether the peer certainly did nothing of what was asked */
    public PeerRefusedException(Peer peer, String why, boolean undone) {
        super(peer.address() + " refused: " + why, null, false, false);
        this.undone = undone;
    }

    /** Whether the peer certainly did nothing, and will not. */
    public boolean isUndone() {
        return undone;
    }
}
