package io.chordata.node.cli;

import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Brings what the peers tell to those who stand on them and come after them. What they tell until then is a hint that can be missed. */
final class PeerNews implements Peers.Listener {
    private final List<Peers.Listener> listeners = new CopyOnWriteArrayList<>();

    void tell(Peers.Listener to) {
        listeners.add(to);
    }

    @Override
    public void onUnreachable(Peer peer) {
        listeners.forEach(listener -> listener.onUnreachable(peer));
    }
}
