package io.chordata.node.cli;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers;
import io.chordata.node.partition.GroupHolders;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peers of a node that speaks to no other, as it has no cluster secret: there are none. */
final class NobodyElse implements Peers, GroupHolders {
    @Override
    public void send(Peer to, Service service, Buffer message) {}

    @Override
    public Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis) {
        return Future.failedFuture(new PeerUnreachableException(to, "this node has no cluster secret"));
    }

    @Override
    public void serve(Service service, Receiver receiver) {}

    @Override
    public @Nullable Peer peer(NodeId node) {
        return null;
    }

    @Override
    public Future<List<NodeId>> of(PartitionId partition) {
        return Future.succeededFuture(List.of());
    }
}
