package io.chordata.node.partition.move;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;

/** The blocks of partitions whose members change. Futures complete on the caller's loop. */
public interface BlockTransfer {
    /**
     * Called where the group is led: brings the learner the blocks that the other members hold, verified. What is there already
     * is not brought again. Completes once it has what was there when this was called.
     */
    Future<Void> backfill(PartitionId partition, Configuration configuration, Member learner);

    /**
     * Called where the group is led, while it is joint: a majority of the outgoing voters, each with this joint configuration
     * synced in its log, list their blocks; each block listed whose body was not dropped is brought to a majority of the new voters
     * (to newcomers too, while they live). Lists and confirmations name the joint configuration's index, others do not count.
     */
    Future<Void> settle(PartitionId partition, Configuration joint);

    /** On this node: deletes all blocks of the partition. Done again after a crash; what is not there is no failure. */
    Future<Void> deleteCopy(PartitionId partition);
}
