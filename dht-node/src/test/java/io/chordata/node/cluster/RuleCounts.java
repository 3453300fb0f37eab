package io.chordata.node.cluster;

import io.chordata.node.block.replica.BlockGroups;
import io.chordata.node.block.replica.BlockStanding;
import io.chordata.node.block.replica.BlockTag;
import io.chordata.node.core.BodyDroppedException;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.move.BlockTransfer;
import io.chordata.node.partition.move.MoveLinks;
import io.chordata.node.partition.move.NewcomerAnswer;
import io.chordata.node.partition.move.RemovalOrder;
import io.chordata.node.partition.move.Surroundings;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How often each rule fired in a run, on all nodes together. It listens where the layers of a node meet. */
final class RuleCounts {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(ClusterRule rule) {
        add(rule.name(), 1);
    }

    private void add(String rule, long times) {
        counts.merge(rule, times, Long::sum);
    }

    /** What a process counted itself, once it is gone. */
    void addAll(NodePartitions partitions) {
        for (RaftEvent event : RaftEvent.values()) {
            add(event.name(), partitions.count(event));
        }
    }

    Map<String, Long> counts() {
        return counts;
    }

    Supplier<Surroundings> over(Supplier<Surroundings> ring) {
        return () -> {
            Surroundings seen = ring.get();
            if (seen.isBraked()) {
                count(ClusterRule.REPLACEMENT_BRAKED);
            }
            return seen;
        };
    }

    MoveLinks over(MoveLinks links) {
        return new MoveLinks() {
            @Override
            public Future<NewcomerAnswer> ask(
                    NodeId newcomer, PartitionId partition, List<NodeId> desired, boolean isComing) {
                return links.ask(newcomer, partition, desired, isComing)
                        .onSuccess(answer -> count(ClusterRule.of(answer)));
            }

            @Override
            public Future<Void> order(PartitionId partition, RemovalOrder order) {
                return links.order(partition, order).onSuccess(done -> count(ClusterRule.REMOVAL_CONFIRMED));
            }

            @Override
            public Future<@Nullable RemovalOrder> isNeeded(
                    NodeId asked, PartitionId partition, long generation, Member member) {
                return links.isNeeded(asked, partition, generation, member).onSuccess(order -> {
                    if (order != null) {
                        count(ClusterRule.LONELY_COPY_REMOVED);
                    }
                });
            }

            @Override
            public void serve(Receiver receiver) {
                links.serve(receiver);
            }
        };
    }

    BlockTransfer over(BlockTransfer blocks) {
        return new BlockTransfer() {
            @Override
            public Future<Void> backfill(PartitionId partition, Configuration configuration, Member learner) {
                return counted(
                        blocks.backfill(partition, configuration, learner),
                        ClusterRule.LEARNER_FILLED,
                        ClusterRule.LEARNER_NOT_FILLED);
            }

            @Override
            public Future<Void> settle(PartitionId partition, Configuration joint) {
                return counted(
                        blocks.settle(partition, joint), ClusterRule.JOINT_SETTLED, ClusterRule.JOINT_NOT_SETTLED);
            }

            @Override
            public Future<Void> deleteCopy(PartitionId partition) {
                return blocks.deleteCopy(partition).onSuccess(done -> count(ClusterRule.COPY_DELETED));
            }
        };
    }

    private Future<Void> counted(Future<Void> future, ClusterRule well, ClusterRule badly) {
        return future.onComplete(done -> count(done.succeeded() ? well : badly));
    }

    BlockGroups over(BlockGroups groups) {
        return new BlockGroups() {
            @Override
            public @Nullable BlockStanding standing(PartitionId partition) {
                return groups.standing(partition);
            }

            @Override
            public <T> Future<T> unlessDropped(PartitionId partition, BodyId body, Supplier<Future<T>> write) {
                return groups.unlessDropped(partition, body, write).onFailure(cause -> {
                    if (cause instanceof BodyDroppedException) {
                        count(ClusterRule.LATE_BLOCK_REFUSED);
                    }
                });
            }

            @Override
            public Future<Boolean> isDropped(PartitionId partition, BodyId body) {
                return groups.isDropped(partition, body);
            }

            @Override
            public Future<BlockTag> locate(PartitionId partition) {
                return groups.locate(partition);
            }

            @Override
            public void learn(PartitionId partition, BlockTag tag) {
                groups.learn(partition, tag);
            }

            @Override
            public @Nullable Peer peer(NodeId node) {
                return groups.peer(node);
            }

            @Override
            public boolean isNear(NodeId node) {
                return groups.isNear(node);
            }
        };
    }
}
