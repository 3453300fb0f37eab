package io.chordata.node.block.replica;

import io.chordata.node.core.BodyDroppedException;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What blocks need to know of the partitions' groups. From any thread; futures complete on the caller's loop. */
public interface BlockGroups {
    /** How this node stands; null where it keeps no replica that takes part. */
    @Nullable
    BlockStanding standing(PartitionId partition);

    /**
     * On the partition's loop: begins the write unless the body was dropped, as of what is applied here. Nothing is applied in
     * between, so that a drop either prevents the write or is asked of the store after it. Fails with
     * {@link BodyDroppedException}.
     */
    <T> Future<T> unlessDropped(PartitionId partition, BodyId body, Supplier<Future<T>> write);

    /** Whether the body was dropped, as of what is applied here; false where there is no replica. */
    Future<Boolean> isDropped(PartitionId partition, BodyId body);

    /**
     * The newest configuration of the partition that was heard of, perhaps not committed. Fails with
     * {@link io.chordata.node.partition.PartitionRefusedException} if nobody who could know answers.
     */
    Future<BlockTag> locate(PartitionId partition);

    /** Somebody who was asked knew this. */
    void learn(PartitionId partition, BlockTag tag);

    /** Where the node is reached; null if it was never heard of. */
    @Nullable
    Peer peer(NodeId node);

    /** Whether the node is in the zone of this one. */
    boolean isNear(NodeId node);
}
