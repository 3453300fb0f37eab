package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes say to each other of moves. Futures complete on the caller's loop, and fail where no answer comes in time. */
public interface MoveLinks {
    /** Whether the node takes the partition. */
    Future<NewcomerAnswer> ask(NodeId newcomer, PartitionId partition, List<NodeId> desired, boolean isComing);

    /** Completes once nothing of that tenure is left at the node, or ever was. */
    Future<Void> order(PartitionId partition, RemovalOrder order);

    /** Whether the node knows that the member was removed; null if it does not. */
    Future<@Nullable RemovalOrder> isNeeded(NodeId asked, PartitionId partition, long generation, Member member);

    /** From now on {@code receiver} answers what other nodes ask this one. */
    void serve(Receiver receiver);

    /** Called on any loop. */
    interface Receiver {
        Future<NewcomerAnswer> onAsk(PartitionId partition, List<NodeId> desired, boolean isComing);

        Future<Void> onOrder(PartitionId partition, RemovalOrder order);

        Future<@Nullable RemovalOrder> onIsNeeded(PartitionId partition, long generation, Member member);
    }
}
