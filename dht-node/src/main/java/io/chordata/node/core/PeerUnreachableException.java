package io.chordata.node.core;

/** No answer came from a peer; whether it has acted is unknown. */
public final class PeerUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PeerUnreachableException(Peer peer, String why) {
        super("no answer from " + peer.address() + ": " + why, null, false, false);
    }
}
