package io.chordata.node.sim;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers;
import io.chordata.node.partition.GroupHolders;
import io.chordata.node.partition.GroupPeers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node that is alone finds around it. */
public final class NoPeers implements Peers, GroupHolders {
    public static GroupPeers groups() {
        NoPeers nobody = new NoPeers();
        return new GroupPeers(nobody, nobody);
    }

    @Override
    public void send(Peer to, Service service, Buffer message) {}

    @Override
    public Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis) {
        return Future.failedFuture(new PeerUnreachableException(to, "there is nobody else"));
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
