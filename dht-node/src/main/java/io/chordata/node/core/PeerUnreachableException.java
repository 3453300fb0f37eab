package io.chordata.node.core;

/** No answer came from a peer; whether it has acted is unknown. */
public final class PeerUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean ownAddress;
    private final boolean unsent;

    public PeerUnreachableException(Peer peer, String why) {
        this(peer, why, false);
    }

    /** @param ownAddress whether the peer was the asker itself */
    public PeerUnreachableException(Peer peer, String why, boolean ownAddress) {
        this("no answer from " + peer.address() + ": " + why, why, ownAddress, false);
    }

    private PeerUnreachableException(String message, String why, boolean ownAddress, boolean unsent) {
        super(message, null, false, false);
        this.reason = why;
        this.ownAddress = ownAddress;
        this.unsent = unsent;
    }

    /** The same of a question that never left this node. */
    public PeerUnreachableException unsent() {
        return new PeerUnreachableException(String.valueOf(getMessage()), reason, ownAddress, true);
    }

    /** Whether the question certainly never left this node, so that nobody has acted or will. */
    public boolean isUnsent() {
        return unsent;
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
