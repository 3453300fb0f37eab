package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes say to each other of moves, by {@link Service#MOVES}. */
public final class PeerMoveLinks implements MoveLinks {
    private static final long ANSWER_MILLIS = 5_000;
    /** Deleting a copy of many blocks takes its time. */
    private static final long REMOVAL_MILLIS = 60_000;

    private final NodeId self;
    private final Partitioning partitioning;
    private final Peers peers;
    private final Addresses addresses;

    /** Where nodes are reached. From any thread. */
    public interface Addresses {
        /** Null for one that was never heard of. */
        @Nullable
        Peer of(NodeId node);
    }

    public PeerMoveLinks(NodeId self, Partitioning partitioning, Peers peers, Addresses addresses) {
        this.self = self;
        this.partitioning = partitioning;
        this.peers = peers;
        this.addresses = addresses;
    }

    @Override
    public Future<NewcomerAnswer> ask(NodeId newcomer, PartitionId partition, List<NodeId> desired, boolean isComing) {
        return call(newcomer, MoveCodec.ask(partition, desired, isComing), ANSWER_MILLIS)
                .map(reply -> MoveCodec.readNewcomerAnswer(reply.getBytes()));
    }

    @Override
    public Future<Void> order(PartitionId partition, RemovalOrder order) {
        return call(order.removed().node(), MoveCodec.order(partition, order), REMOVAL_MILLIS)
                .mapEmpty();
    }

    @Override
    public Future<@Nullable RemovalOrder> isNeeded(
            NodeId asked, PartitionId partition, long generation, Member member) {
        return call(asked, MoveCodec.isNeeded(partition, generation, member.tenure()), ANSWER_MILLIS)
                .map(reply -> MoveCodec.readOrder(self, reply.getBytes()))
                .map(order -> order != null
                                && order.generation() == generation
                                && order.removed().equals(member)
                        ? order
                        : null);
    }

    private Future<Buffer> call(NodeId node, Buffer question, long timeoutMillis) {
        Peer peer = addresses.of(node);
        return peer == null
                ? Future.failedFuture("nobody knows where " + node + " is")
                : peers.call(peer, Service.MOVES, question, timeoutMillis);
    }

    @Override
    public void serve(Receiver receiver) {
        peers.serve(Service.MOVES, new Served(receiver));
    }

    private final class Served implements Peers.Receiver {
        private final Receiver receiver;

        private Served(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void onMessage(NodeId from, Buffer message) {}

        @Override
        public Future<Buffer> onCall(NodeId from, Buffer request) {
            return MoveCodec.readQuestion(partitioning, self, from, request.getBytes(), new Answering(receiver));
        }
    }

    private record Answering(Receiver receiver) implements MoveCodec.Questions<Future<Buffer>> {
        @Override
        public Future<Buffer> onAsk(PartitionId partition, List<NodeId> desired, boolean isComing) {
            return receiver.onAsk(partition, desired, isComing).map(MoveCodec::answer);
        }

        @Override
        public Future<Buffer> onOrder(PartitionId partition, RemovalOrder order) {
            return receiver.onOrder(partition, order).map(done -> Buffer.buffer());
        }

        @Override
        public Future<Buffer> onIsNeeded(PartitionId partition, long generation, Member asker) {
            return receiver.onIsNeeded(partition, generation, asker).map(MoveCodec::answer);
        }
    }
}
