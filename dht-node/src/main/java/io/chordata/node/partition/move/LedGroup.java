package io.chordata.node.partition.move;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftView;
import org.jspecify.annotations.Nullable;

/** A group whose leader is on this node. To be called on the partition's loop. */
public interface LedGroup {
    PartitionId partition();

    RaftView view();

    /** Why the configuration cannot be changed so now; null if it can. */
    @Nullable
    String refusal(Change change);

    /** @throws IllegalStateException if it is refused */
    void change(Change change);

    /** @return false if that cannot be */
    boolean handOver(Member successor);
}
