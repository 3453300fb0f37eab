package io.chordata.node.core;

/** No answer came from a peer; whether it has acted is unknown. */
public final class PeerUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean ownAddress;

    public PeerUnreachableException(Peer peer, String why) {
        this(peer, why, false);
    }

    /** @param ownAddress whether the peer was the asker itself */
    public PeerUnreachableException(Peer peer, String why, boolean ownAddress) {
        super("no answer from " + peer.address() + ": " + why, null, false, false);
        this.reason = why;
        this.ownAddress = ownAddress;
    }

    /** The message without the peer. */
    public String reason() {
        return reason;
    }

    /** Whether it turned out that the address is the asker's own. */
    public boolean isOwnAddress() {
        return ownAddress;
    }
}
