package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one partition that are sent whole: those that this replica keeps ready for followers as a leader, and the one
 * that it fetches as a follower. Knows which install of the rows is live. Belongs to the partition's loop.
 */
final class ReplicaSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaSnapshots.class);

    private final PartitionId partition;
    private final Member self;
    private final ReplicaEnvironment environment;
    private final Loop loop;
    private final PartitionGroup group;
    private final SnapshotSources sources = new SnapshotSources();
    private final PatientWrites writes;
    private long generation;

    ReplicaSnapshots(
            PartitionId partition, Member self, ReplicaEnvironment environment, Loop loop, PartitionGroup group) {
        this.partition = partition;
        this.self = self;
        this.environment = environment;
        this.loop = loop;
        this.group = group;
        this.writes = new PatientWrites(
                environment.ports().records(), environment.ports().timers());
    }

    void onRecovered(long installGeneration) {
        generation = installGeneration;
    }

    /** Which install of the applied rows is live. */
    long generation() {
        return generation;
    }

    void prepare(Member follower, Now now) {
        SnapshotSource source = new SnapshotSource(
                partition,
                loop,
                follower,
                generation,
                environment.ports().records().snapshot(),
                group.stateOfRows(),
                now.monotonicMillis());
        sources.add(source);
        group.offerSnapshot(follower, source.mark());
    }

    Future<SnapshotPage> page(SnapshotRequest request, Now now) {
        SnapshotSource source = sources.of(request.follower());
        if (source == null) {
            return Future.failedFuture(new PartitionRefusedException(
                    partition, Reason.NOT_SERVING, "no state is offered to " + request.follower()));
        }
        return source.page(request, environment.options().maxApplyBytes(), now.monotonicMillis());
    }

    /** Offers get lost: they are made again, until nobody wants them any more. */
    void onTick(Now now) {
        if (sources.isEmpty()) {
            return;
        }
        long millis = now.monotonicMillis();
        sources.dueOffers(millis).forEach(source -> group.offerSnapshot(source.follower(), source.mark()));
        sources.dropIdle(millis).forEach(group::onSnapshotOver);
    }

    void dropAll() {
        sources.dropAll();
    }

    /** Completes with what was installed; where it fails, the group is told. */
    Future<SnapshotPage> install(NodeId leader, SnapshotRequest request) {
        long next = generation + 1;
        PartitionPorts ports = environment.ports();
        return new SnapshotInstall(
                        partition,
                        ports.records(),
                        ports.timers(),
                        environment.links(),
                        next,
                        self.tenure(),
                        environment.machine().level())
                .run(leader, request)
                .onSuccess(page -> generation = next)
                .onSuccess(page -> removeRowsBefore(next))
                .onFailure(this::onInstallFailed);
    }

    private void removeRowsBefore(long installed) {
        byte[] from = PartitionKeys.appliedMark(partition, 0);
        byte[] to = PartitionKeys.appliedMark(partition, installed);
        writes.write(new RecordBatch().deleteRange(Family.STATE, from, to), Durability.REPLAYED);
    }

    private void onInstallFailed(Throwable cause) {
        if (cause instanceof StoreFailedException) {
            environment.failNode().accept(cause);
        } else {
            LOG.info("event=install-failed partition={} cause=\"{}\"", partition, cause.getMessage());
            group.onInstallFailed();
        }
    }
}
