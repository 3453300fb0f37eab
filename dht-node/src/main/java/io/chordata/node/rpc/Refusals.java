package io.chordata.node.rpc;

import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerRefusedException;
import io.chordata.node.rpc.RpcProtos.Refusal;

/** Refusals in words. */
final class Refusals {
    private Refusals() {}

    static PeerRefusedException exception(Peer peer, Refusal refusal) {
        boolean undone = refusal == Refusal.UNKNOWN_SERVICE || refusal == Refusal.EXPIRED;
        return new PeerRefusedException(peer, text(refusal), undone);
    }

    static String text(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_SERVICE -> "it does not serve that";
            case FAILED -> "it failed";
            case BUSY -> "too much waits for this node already";
            case EXPIRED -> "the request came too late";
            default -> "for a reason that this release does not know";
        };
    }
}
