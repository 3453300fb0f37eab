package io.chordata.node.ring;

import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.vertx.core.buffer.Buffer;

/** Hands messages to the peers. What is larger than they take is lost like any other message may be, and counted. */
final class Post {
    private final Peers peers;
    private boolean isClosed;
    private long tooLarge;

    Post(Peers peers) {
        this.peers = peers;
    }

    void send(Peer to, Peers.Service service, byte[] bytes) {
        if (isClosed) {
            return;
        }
        if (bytes.length > service.bytesMax()) {
            tooLarge++;
        } else {
            peers.send(to, service, Buffer.buffer(bytes));
        }
    }

    /** Nothing is sent any more. */
    void close() {
        isClosed = true;
    }

    long tooLarge() {
        return tooLarge;
    }
}
