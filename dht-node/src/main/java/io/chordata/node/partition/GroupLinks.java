package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.RaftMessage;
import io.vertx.core.Future;

/** How the replicas on this node reach those on others. */
interface GroupLinks {
    /** May be lost, late, doubled. */
    void send(PartitionId partition, RaftMessage message);

    /** Whether this node's clock is near enough to its peers' for a replica here to stamp log time, as a leader does. */
    default boolean mayStampTime() {
        return true;
    }

    /** A page of the state that {@code leader} offered; completes on the caller's loop, fails where it is not to be had. */
    Future<SnapshotPage> fetch(NodeId leader, PartitionId partition, SnapshotRequest request);
}
