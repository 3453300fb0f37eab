package io.chordata.node.cli;

import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;

/** Brings to the ring what the peers tell, which are there before it. What they tell until then is a hint that it can miss. */
final class PeerNews implements Peers.Listener {
    private volatile Peers.Listener listener = peer -> {};

    void tell(Peers.Listener to) {
        listener = to;
    }

    @Override
    public void onUnreachable(Peer peer) {
        listener.onUnreachable(peer);
    }
}
