package io.chordata.node.partition;

import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.PartitionLog.Trace;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.force.LocalRemains;
import io.chordata.node.partition.force.Remains;
import io.chordata.node.partition.raft.RaftGroup;
import io.chordata.node.partition.raft.RaftView;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a {@link ReplicaHost} has of partitions, as those see it who recover one by force. */
final class HostedRemains implements LocalRemains {
    private final ReplicaHost host;
    private final Loops loops;

    HostedRemains(ReplicaHost host, Loops loops) {
        this.host = host;
        this.loops = loops;
    }

    @Override
    public Future<Remains> survey(PartitionId partition) {
        return with(partition, replica -> Future.succeededFuture(), () -> host.trace(partition));
    }

    @Override
    public Future<Remains> promise(PartitionId partition, long generation) {
        return with(
                partition,
                replica -> replica.group().recovered().promise(generation)
                        ? replica.group().standStill()
                        : refused(partition, "it is promised to another generation already"),
                () -> host.promise(partition, generation));
    }

    @Override
    public Future<Remains> begin(PartitionId partition, long generation) {
        return with(partition, replica -> begin(replica, generation), () -> host.trace(partition));
    }

    @Override
    public Future<Remains> giveWay(PartitionId partition, long generation) {
        return with(
                partition,
                replica -> replica.group().recovered().giveWay(generation)
                        ? replica.group().standStill()
                        : refused(partition, "it is not promised to that generation"),
                () -> host.trace(partition));
    }

    private static Future<Void> begin(PartitionReplica replica, long generation) {
        RaftGroup group = replica.group().recovered();
        if (group.generation() != generation) {
            String refusal = group.refusalOfForce(generation);
            if (refusal != null) {
                return refused(replica.partition(), refusal);
            }
            group.force(generation);
        }
        return replica.group().standStill();
    }

    /** @param elseAct where there is no replica */
    private Future<Remains> with(
            PartitionId partition, Function<PartitionReplica, Future<Void>> act, Supplier<Future<Trace>> elseAct) {
        return LoopCalls.call(loops, loops.ownerOf(partition), () -> {
            if (host.isChanging(partition)) {
                return refused(partition, "the copy is being made or removed");
            }
            PartitionReplica replica = host.of(partition);
            return replica == null ? elseAct.get().compose(trace -> ofNone(partition, trace)) : ofOne(replica, act);
        });
    }

    private static Future<Remains> ofOne(PartitionReplica replica, Function<PartitionReplica, Future<Void>> act) {
        PartitionGroup group = replica.group();
        return group.state() == GroupState.NEW || group.state().isOver()
                ? refused(replica.partition(), "it is " + group.state().word())
                : act.apply(replica).compose(done -> of(replica));
    }

    /** A copy that is on the disk and could not be opened may hold what was acknowledged: nobody can tell. */
    private static Future<Remains> ofNone(PartitionId partition, Trace trace) {
        return trace.isKept()
                ? refused(partition, "the copy on the disk could not be opened")
                : Future.succeededFuture(new Remains(
                        trace.hardState().generation(), trace.hardState().promised(), null));
    }

    private static <T> Future<T> refused(PartitionId partition, String why) {
        return Future.failedFuture(new PartitionRefusedException(partition, Reason.NOT_SERVING, why));
    }

    private static Future<Remains> of(PartitionReplica replica) {
        RaftGroup group = replica.group().recovered();
        RaftView view = group.view();
        return Future.succeededFuture(new Remains(
                group.generation(),
                group.promised(),
                new Remains.Copy(
                        view.self(),
                        group.termOf(view.lastIndex()),
                        view.lastIndex(),
                        view.configuration(),
                        group.configurationAt(view.commitIndex()),
                        group.unfitness(),
                        group.termRuns())));
    }
}
