package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rest of the node knows of other nodes: where they are, and who may keep a partition. From any thread. */
public interface GroupHolders {
    /** Where the node is reached; null if it was never heard of. */
    @Nullable
    Peer peer(NodeId node);

    /** Whether the node is in the zone of this one: what goes between the two does not leave it. */
    default boolean isNear(NodeId node) {
        return false;
    }

    /** Nodes that may keep the partition, likeliest first; those who should, then the others. Completes on the caller's loop. */
    Future<List<NodeId>> of(PartitionId partition);
}
