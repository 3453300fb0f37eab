package io.chordata.node.core;

/** No answer came from a peer; whether it has acted is unknown. */
public final class PeerUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Found found;
    private final boolean unsent;

    /** Who was at the address, if that is known. */
    public enum Found {
        NOBODY_KNOWN,
        THE_ASKER,
        ANOTHER_CLUSTER
    }

    public PeerUnreachableException(Peer peer, String why) {
        this(peer, why, Found.NOBODY_KNOWN);
    }

    public PeerUnreachableException(Peer peer, String why, Found found) {
        this("no answer from " + peer.address() + ": " + why, why, found, false);
    }

    private PeerUnreachableException(String message, String why, Found found, boolean unsent) {
        super(message, null, false, false);
        this.reason = why;
        this.found = found;
        this.unsent = unsent;
    }

    /** The same of a question that never left this node. */
    public PeerUnreachableException unsent() {
        return new PeerUnreachableException(String.valueOf(getMessage()), reason, found, true);
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
        return found == Found.THE_ASKER;
    }

    /** Whether a node of another cluster was at the address. */
    public boolean isOfAnotherCluster() {
        return found == Found.ANOTHER_CLUSTER;
    }
}
