package io.chordata.node.partition.force;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What nodes ask each other of what they have of partitions, by {@link Service#FORCE}. */
public final class PeerForceLinks implements ForceLinks {
    private static final long ANSWER_MILLIS = 5_000;

    private final NodeId self;
    private final Partitioning partitioning;
    private final Peers peers;
    private final Function<NodeId, @Nullable Peer> addresses;
    private final LocalRemains local;

    /**
     * @param addresses where nodes are reached; null for one that was never heard of
     * @param local on this node
     */
    public PeerForceLinks(
            NodeId self,
            Partitioning partitioning,
            Peers peers,
            Function<NodeId, @Nullable Peer> addresses,
            LocalRemains local) {
        this.self = self;
        this.partitioning = partitioning;
        this.peers = peers;
        this.addresses = addresses;
        this.local = local;
    }

    @Override
    public Future<Remains> survey(NodeId node, PartitionId partition) {
        return node.equals(self) ? local.survey(partition) : call(node, ForceCodec.survey(partition));
    }

    @Override
    public Future<Remains> promise(NodeId node, PartitionId partition, long generation) {
        return node.equals(self)
                ? local.promise(partition, generation)
                : call(node, ForceCodec.promise(partition, generation));
    }

    @Override
    public Future<Remains> begin(NodeId node, PartitionId partition, long generation) {
        return node.equals(self)
                ? local.begin(partition, generation)
                : call(node, ForceCodec.begin(partition, generation));
    }

    @Override
    public Future<Remains> giveWay(NodeId node, PartitionId partition, long generation) {
        return node.equals(self)
                ? local.giveWay(partition, generation)
                : call(node, ForceCodec.giveWay(partition, generation));
    }

    private Future<Remains> call(NodeId node, Buffer question) {
        Peer peer = addresses.apply(node);
        return peer == null
                ? Future.failedFuture("nobody knows where " + node + " is")
                : peers.call(peer, Service.FORCE, question, ANSWER_MILLIS)
                        .map(answer -> ForceCodec.readRemains(node, answer.getBytes()));
    }

    /** From now on other nodes may ask this one. */
    public void serve() {
        peers.serve(Service.FORCE, new Peers.Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {}

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                return ForceCodec.ask(partitioning, request.getBytes(), local).map(ForceCodec::answer);
            }
        });
    }
}
