package io.chordata.node.block.replica;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.partition.GroupHolders;
import io.chordata.node.partition.GroupKnowledge;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.RoutedPartitions;
import io.chordata.node.partition.Standing;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The groups of partitions as their blocks need to know them. */
public final class KeptGroups implements BlockGroups {
    private final NodePartitions kept;
    private final RoutedPartitions all;
    private final GroupHolders nodes;

    public KeptGroups(NodePartitions kept, RoutedPartitions all, GroupHolders nodes) {
        this.kept = kept;
        this.all = all;
        this.nodes = nodes;
    }

    @Override
    public @Nullable BlockStanding standing(PartitionId partition) {
        Standing standing = kept.standing(partition);
        return standing == null
                ? null
                : new BlockStanding(
                        standing.self(),
                        standing.configuration(),
                        standing.syncedIndex(),
                        standing.committedIndex(),
                        standing.generation());
    }

    @Override
    public <T> Future<T> unlessDropped(PartitionId partition, BodyId body, Supplier<Future<T>> write) {
        return kept.unlessDropped(partition, body, write);
    }

    @Override
    public Future<Boolean> isDropped(PartitionId partition, BodyId body) {
        return kept.isDropped(partition, body);
    }

    @Override
    public Future<BlockTag> locate(PartitionId partition) {
        return all.locate(partition).map(known -> new BlockTag(known.generation(), known.configuration()));
    }

    /** It says nothing of who leads. */
    @Override
    public void learn(PartitionId partition, BlockTag tag) {
        all.learn(new GroupKnowledge(partition, tag.generation(), tag.configuration(), null, 0));
    }

    @Override
    public @Nullable Peer peer(NodeId node) {
        return nodes.peer(node);
    }

    @Override
    public boolean isNear(NodeId node) {
        return nodes.isNear(node);
    }
}
