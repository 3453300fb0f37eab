package io.chordata.node.rpc;

import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.PeerUnreachableException.Found;

/** Why a connection ended, or was never made. */
public enum Closing {
    NOT_CONNECTED("it could not be reached", false),
    TLS_FAILED("it has no certificate that is trusted here, or speaks no TLS", true),
    WRONG_NAME("its certificate is not for the name that nodes of this cluster have", true),
    STRANGER("it does not speak the protocol", true),
    INCOMPATIBLE_VERSION("it speaks none of the protocol's versions that are known here", true),
    OTHER_CLUSTER("it belongs to another cluster", true),
    WRONG_NODE("another node than the one that was dialed is at the address", true),
    WRONG_SECRET("it does not know the cluster secret", true),
    PROOF_REFUSED("it hung up on this node's proof; most likely the two have different cluster secrets", true),
    CLONED_NODE("it claims this node's own id: two nodes run on copies of one data directory", true),
    OWN_ADDRESS("the address is this node's own", false),
    HANDSHAKE_TIMEOUT("it did not prove itself in time", true),
    CROWDED_OUT("too many others wait to prove themselves", true),
    TAMPERED("a record was not made by the peer for this place of this connection", true),
    OVERSIZED("a record is larger than any may be", true),
    MALFORMED("a record does not hold frames", true),
    SILENT("it said nothing for too long", true),
    IDLE("nothing was to be done", false),
    DISCONNECTED("the peer or the network ended it", false),
    STOPPED("this node stops", false);

    private final String text;
    private final boolean isWarning;

    Closing(String text, boolean isWarning) {
        this.text = text;
        this.isWarning = isWarning;
    }

    /** For logs and messages, fits behind "because". */
    public String text() {
        return text;
    }

    /** What whoever waits for the peer is told. */
    PeerUnreachableException unreachable(Peer peer) {
        return new PeerUnreachableException(peer, text, found());
    }

    /** What whoever asks for the peer is told while it is not dialed again yet. */
    PeerUnreachableException notTriedAgain(Peer peer) {
        return new PeerUnreachableException(peer, "tried a moment ago, and " + text, found());
    }

    private Found found() {
        return switch (this) {
            case OWN_ADDRESS -> Found.THE_ASKER;
            case OTHER_CLUSTER -> Found.ANOTHER_CLUSTER;
            default -> Found.NOBODY_KNOWN;
        };
    }

    /** Whether an operator should see it without asking. */
    boolean isWarning() {
        return isWarning;
    }
}
