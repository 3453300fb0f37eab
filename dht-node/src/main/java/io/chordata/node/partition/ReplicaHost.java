package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftMessage;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The replicas that a node has, of whichever partitions. One comes into being when its node founds the group, or when a
 * leader that added the node speaks to it; both are durable before it acts. One that was removed stays until its node is
 * added again: its vote and term go over to the new one, so that nobody votes twice in a term, its log and rows do not.
 */
final class ReplicaHost {
    private final NodeId self;
    private final Maker maker;
    private final PartitionPorts ports;
    private final PatientWrites writes;
    /** Changed on the loop of the partition alone. */
    private final Map<PartitionId, PartitionReplica> replicas = new ConcurrentHashMap<>();

    /** Whether replicas may come into being because a leader speaks to them. */
    private volatile boolean open;

    /** Partitions for which a replica is being made. */
    private final Map<PartitionId, Member> making = new ConcurrentHashMap<>();

    /** Makes a replica, which is yet to be started. */
    interface Maker {
        PartitionReplica make(PartitionId partition, Member self, Configuration configuration);
    }

    ReplicaHost(NodeId self, PartitionPorts ports, Maker maker) {
        this.self = self;
        this.ports = ports;
        this.writes = new PatientWrites(ports.records(), ports.timers());
        this.maker = maker;
    }

    @Nullable
    PartitionReplica of(PartitionId partition) {
        return replicas.get(partition);
    }

    Collection<PartitionReplica> all() {
        return List.copyOf(replicas.values());
    }

    /** What the disk has is open: from now on leaders may add what it has not. */
    void admit() {
        open = true;
    }

    void admitNoMore() {
        open = false;
    }

    /** On the partition's loop: goes on with what the disk has of it; null if it has nothing. */
    Future<@Nullable PartitionReplica> open(PartitionId partition) {
        return base(partition).compose(base -> base == null ? Future.succeededFuture(null) : start(partition, base));
    }

    private Future<PartitionReplica> begin(PartitionId partition, LogBase base) {
        RecordBatch batch = new RecordBatch();
        PartitionLog.replace(batch, partition, base);
        return writes.write(batch, Durability.SYNCED).compose(done -> start(partition, base));
    }

    private Future<PartitionReplica> start(PartitionId partition, LogBase base) {
        Member member = new Member(self, base.tenure());
        PartitionReplica replica = maker.make(partition, member, base.configuration());
        replicas.put(partition, replica);
        return replica.start().map(replica);
    }

    /** On the partition's loop: a replica on another node speaks to one here. */
    void onMessage(PartitionId partition, RaftMessage message) {
        PartitionReplica replica = replicas.get(partition);
        boolean isNewer =
                replica == null || replica.self().tenure() < message.to().tenure();
        if (isNewer && message.body().isLeaders() && !making.containsKey(partition)) {
            if (open) {
                join(partition, message, replica);
            }
        } else if (replica != null) {
            replica.onMessage(message);
        }
    }

    /** Where there is a replica on disk that is not open, it is left alone: it may hold what was acknowledged. */
    private void join(PartitionId partition, RaftMessage message, @Nullable PartitionReplica before) {
        making.put(partition, message.to());
        base(partition)
                .compose(base -> base != null && before == null
                        ? Future.succeededFuture()
                        : replace(partition, message, before).mapEmpty())
                .onComplete(done -> making.remove(partition))
                .onFailure(
                        cause -> replicas.computeIfPresent(partition, (p, failed) -> failed == before ? null : failed));
    }

    private Future<@Nullable LogBase> base(PartitionId partition) {
        return ports.loops().ownerOf(partition).executeBlocking(() -> PartitionLog.base(ports.records(), partition));
    }

    /** Which generation is free is known only once nothing of the replica before is under way: it may be installing a state. */
    private Future<PartitionReplica> replace(
            PartitionId partition, RaftMessage message, @Nullable PartitionReplica before) {
        Configuration seen = new Configuration(0, List.of(message.from()), List.of(), List.of(message.to()));
        Future<Long> free =
                before == null ? Future.succeededFuture(0L) : before.retire().map(done -> before.generation() + 1);
        return free.compose(generation -> clearRowsFrom(partition, generation)
                .compose(done ->
                        begin(partition, LogBase.ofNew(seen, message.to().tenure(), generation)))
                .onSuccess(made -> removeRowsBefore(partition, generation)));
    }

    /** A snapshot whose install was cut off may have left some. */
    private Future<Void> clearRowsFrom(PartitionId partition, long generation) {
        byte[] from = PartitionKeys.appliedMark(partition, generation);
        byte[] to = PartitionKeys.statesEnd(partition);
        return writes.write(new RecordBatch().deleteRange(Family.STATE, from, to), Durability.REPLAYED)
                .compose(done -> ports.records().flush());
    }

    private void removeRowsBefore(PartitionId partition, long generation) {
        byte[] from = PartitionKeys.appliedMark(partition, 0);
        byte[] to = PartitionKeys.appliedMark(partition, generation);
        writes.write(new RecordBatch().deleteRange(Family.STATE, from, to), Durability.REPLAYED);
    }

    /** The connection to the node broke. From any thread. */
    void onPeerLost(NodeId node) {
        for (PartitionReplica replica : replicas.values()) {
            replica.loop().execute(() -> replica.onPeerLost(node));
        }
    }
}
