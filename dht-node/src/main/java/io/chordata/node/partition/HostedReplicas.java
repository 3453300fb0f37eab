package io.chordata.node.partition;

import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.move.Committed;
import io.chordata.node.partition.move.LedGroup;
import io.chordata.node.partition.move.LocalReplicas;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftView;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The replicas of a {@link ReplicaHost} as those see them who move replicas. */
final class HostedReplicas implements LocalReplicas {
    private final ReplicaHost host;
    private final Loops loops;
    private final BooleanSupplier isFull;

    HostedReplicas(ReplicaHost host, Loops loops, BooleanSupplier isFull) {
        this.host = host;
        this.loops = loops;
        this.isFull = isFull;
    }

    @Override
    public void eachLed(Consumer<LedGroup> visit) {
        for (PartitionReplica replica : host.all()) {
            Standing standing = replica.standing();
            if (standing != null && standing.serves()) {
                onItsLoop(replica, () -> visit.accept(new Led(replica)));
            }
        }
    }

    @Override
    public void eachReplica(Consumer<Replica> visit) {
        for (PartitionReplica replica : host.all()) {
            onItsLoop(replica, () -> visit.accept(look(replica)));
        }
    }

    /** Unless it is none any more by then. */
    private void onItsLoop(PartitionReplica replica, Runnable task) {
        replica.loop().execute(() -> {
            if (host.of(replica.partition()) == replica && replica.group().takesPart()) {
                task.run();
            }
        });
    }

    private static Replica look(PartitionReplica replica) {
        PartitionGroup group = replica.group();
        return new Replica(
                replica.partition(),
                group.recovered().generation(),
                replica.self(),
                group.decided(),
                group.configuration(),
                replica.silentMillis());
    }

    @Override
    public Future<@Nullable Committed> committed(PartitionId partition) {
        return LoopCalls.call(loops, loops.ownerOf(partition), () -> {
            PartitionReplica replica = host.of(partition);
            return Future.succeededFuture(
                    replica != null && replica.group().takesPart()
                            ? replica.group().decided()
                            : null);
        });
    }

    @Override
    public boolean hasArrived(PartitionId partition) {
        PartitionReplica replica = host.of(partition);
        Standing standing = replica == null ? null : replica.standing();
        return standing != null
                && standing.isConfigurationCommitted()
                && !standing.committed().isJoint()
                && standing.committed().isVoter(standing.self());
    }

    @Override
    public Future<Boolean> isInTheWay(PartitionId partition) {
        return LoopCalls.call(loops, loops.ownerOf(partition), () -> {
            PartitionReplica replica = host.of(partition);
            return Future.succeededFuture(replica != null && isInTheWay(replica.group()));
        });
    }

    private static boolean isInTheWay(PartitionGroup group) {
        return group.state() == GroupState.LEFT_BEHIND
                && !group.givesWayTo(group.recovered().promised());
    }

    @Override
    public Future<Void> remove(PartitionId partition, long generation, Member removed) {
        return LoopCalls.call(loops, loops.ownerOf(partition), () -> host.remove(partition, generation, removed));
    }

    @Override
    public int count() {
        return host.all().size();
    }

    @Override
    public boolean isFull() {
        return isFull.getAsBoolean();
    }

    private record Led(PartitionReplica replica) implements LedGroup {
        @Override
        public PartitionId partition() {
            return replica.partition();
        }

        @Override
        public RaftView view() {
            return replica.group().recovered().view();
        }

        @Override
        public @Nullable String refusal(Change change) {
            return replica.group().takesPart() ? replica.group().refusal(change) : "it takes no part";
        }

        @Override
        public void change(Change change) {
            replica.group().change(change);
        }

        @Override
        public boolean handOver(Member successor) {
            return replica.group().takesPart() && replica.group().handOver(successor);
        }
    }
}
