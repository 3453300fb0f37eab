package io.chordata.node.core;

/** A peer is alive and has answered that it did not do what was asked, or failed while it did. */
public final class PeerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PeerRefusedException(Peer peer, String why) {
        super(peer.address() + " refused: " + why, null, false, false);
    }
}
