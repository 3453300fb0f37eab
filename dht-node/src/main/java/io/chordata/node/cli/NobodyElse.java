package io.chordata.node.cli;

import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** The peers of a node that speaks to no other, as it has no cluster secret: there are none. */
final class NobodyElse implements Peers {
    @Override
    public void send(Peer to, Service service, Buffer message) {}

    @Override
    public Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis) {
        return Future.failedFuture(new PeerUnreachableException(to, "this node has no cluster secret"));
    }

    @Override
    public void serve(Service service, Receiver receiver) {}
}
