package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node's questions about moves to others, over the simulated network. */
final class SimLinks implements MoveLinks {
    private final MoveNode node;
    private @Nullable Receiver receiver;

    SimLinks(MoveNode node) {
        this.node = node;
    }

    @Nullable
    Receiver receiver() {
        return receiver;
    }

    void forget() {
        receiver = null;
    }

    @Override
    public Future<NewcomerAnswer> ask(NodeId newcomer, PartitionId partition, List<NodeId> desired, boolean isComing) {
        return node.cluster.call(node, newcomer, to -> receiverOf(to).onAsk(partition, desired, isComing));
    }

    @Override
    public Future<Void> order(PartitionId partition, RemovalOrder order) {
        return node.cluster.call(
                node, order.removed().node(), to -> receiverOf(to).onOrder(partition, order));
    }

    @Override
    public Future<@Nullable RemovalOrder> isNeeded(
            NodeId asked, PartitionId partition, long generation, Member member) {
        return node.cluster.call(node, asked, to -> receiverOf(to).onIsNeeded(partition, generation, member));
    }

    private static Receiver receiverOf(MoveNode node) {
        Receiver receiver = node.receiver();
        if (receiver == null) {
            throw new IllegalStateException(node + " does not answer");
        }
        return receiver;
    }

    @Override
    public void serve(Receiver served) {
        receiver = served;
    }
}
