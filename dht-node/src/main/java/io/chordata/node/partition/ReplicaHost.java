package io.chordata.node.partition;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.partition.LogBase.Removal;
import io.chordata.node.partition.PartitionLog.Trace;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.HardState;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftMessage;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The replicas that a node has, of whichever partitions. One comes into being when its node founds the group, or when a
 * leader that added the node speaks to it; both are durable before it acts. One that was removed stays until it is ordered to
 * go, or its node is added again. What is left of it is a tombstone of its tenure, vote and term: they go over to the next one, so
 * that nobody votes twice in a term; its log, rows and blocks do not. Nothing comes into being before all of them are gone.
 *
 * <p>A generation of the group ranks before tenures, which mean nothing from one to the other. What is here of an earlier one stays
 * whatever a later one orders or adds, unless it gives way to that one; and nothing of an earlier one comes after a later.
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

    /** Partitions whose replica is being made, or removed. */
    private final Set<PartitionId> changing = ConcurrentHashMap.newKeySet();

    private volatile Function<PartitionId, Future<Void>> blockEraser = partition -> Future.succeededFuture();

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

    /** A view, which changes as they come. From any thread. */
    Collection<PartitionReplica> all() {
        return Collections.unmodifiableCollection(replicas.values());
    }

    /** What the disk has is open: from now on leaders may add what it has not. */
    void admit() {
        open = true;
    }

    void admitNoMore() {
        open = false;
    }

    /** @param eraser deletes all blocks of a partition on this node; to be given before anything is opened */
    void eraseBlocksBy(Function<PartitionId, Future<Void>> eraser) {
        blockEraser = eraser;
    }

    /** On the partition's loop: goes on with what the disk has of it; null if it has nothing. */
    Future<@Nullable PartitionReplica> open(PartitionId partition) {
        return base(partition).compose(base -> base == null ? Future.succeededFuture(null) : goOn(partition, base));
    }

    private Future<@Nullable PartitionReplica> goOn(PartitionId partition, LogBase base) {
        return switch (base.removal()) {
            case KEPT -> start(partition, base).map(replica -> replica);
            case ERASING -> erase(partition, base).map(erased -> null);
            case ERASED -> Future.succeededFuture(null);
        };
    }

    /** @param generation of the leader that speaks; what was voted in an earlier one counts no more */
    private Future<PartitionReplica> begin(PartitionId partition, LogBase base, HardState before, long generation) {
        RecordBatch batch = new RecordBatch();
        PartitionLog.replace(batch, partition, base);
        if (before.generation() < generation) {
            PartitionLog.putHardState(batch, partition, new HardState(generation, 0, null));
        }
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
        boolean isNewer = replica == null
                || (replica.self().tenure() < message.to().tenure()
                        && replica.group().mayBeOf(message.generation()))
                || replica.group().givesWayTo(message.generation());
        if (isNewer && message.body().isLeaders() && !changing.contains(partition)) {
            if (open) {
                join(partition, message, replica);
            }
        } else if (replica != null) {
            replica.onMessage(message);
        }
    }

    /** Where there is a replica on disk that is not open, it is left alone: it may hold what was acknowledged. */
    private void join(PartitionId partition, RaftMessage message, @Nullable PartitionReplica before) {
        changing.add(partition);
        trace(partition)
                .compose(trace -> isFree(trace, before, message)
                        ? replace(partition, message, before, trace.hardState()).mapEmpty()
                        : Future.succeededFuture())
                .onComplete(done -> changing.remove(partition))
                .onFailure(
                        cause -> replicas.computeIfPresent(partition, (p, failed) -> failed == before ? null : failed));
    }

    private static boolean isFree(Trace trace, @Nullable PartitionReplica before, RaftMessage message) {
        LogBase base = trace.base();
        boolean isErased = base != null && base.removal() == Removal.ERASED;
        if (message.generation() < trace.hardState().promised()) {
            return false;
        }
        if (!trace.isOf(message.generation())) {
            return trace.hardState().mayGiveWayTo(message.generation())
                    || (before == null && (base == null || isErased));
        }
        boolean isStill = before != null && before.group().mayBeOf(message.generation());
        return base == null
                || isStill
                || (isErased && base.tenure() < message.to().tenure());
    }

    /**
     * On the partition's loop: deletes the replica of that generation and tenure for good, if there is one, and leaves a tombstone.
     * Another one's place is left alone, and what a later generation has left behind. Completes once it cannot come back.
     */
    Future<Void> remove(PartitionId partition, long generation, Member removed) {
        if (!changing.add(partition)) {
            return isBeingChanged(partition);
        }
        return base(partition)
                .compose(base -> base == null || base.tenure() != removed.tenure()
                        ? Future.<Void>succeededFuture()
                        : remove(partition, base, generation))
                .onComplete(done -> changing.remove(partition));
    }

    /** What is being erased goes to its end, whatever else of it can be read. */
    private Future<Void> remove(PartitionId partition, LogBase base, long generation) {
        return switch (base.removal()) {
            case KEPT ->
                trace(partition)
                        .compose(trace ->
                                isOf(trace, partition, generation) ? bury(partition, base) : Future.succeededFuture());
            case ERASING -> erase(partition, base);
            case ERASED -> Future.succeededFuture();
        };
    }

    /** The disk may be yet to hear of a later generation. */
    private boolean isOf(Trace trace, PartitionId partition, long generation) {
        PartitionReplica replica = replicas.get(partition);
        return trace.isOf(generation) && (replica == null || replica.group().mayBeOf(generation));
    }

    /** From the tombstone's sync on it is none any more, whatever of it is left. */
    private Future<Void> bury(PartitionId partition, LogBase base) {
        PartitionReplica replica = replicas.get(partition);
        RecordBatch tombstone = new RecordBatch();
        PartitionLog.replace(tombstone, partition, base.removed(Removal.ERASING));
        Future<Void> ended = replica == null ? Future.succeededFuture() : replica.retire();
        return ended.compose(retired -> writes.write(tombstone, Durability.SYNCED))
                .onSuccess(buried -> replicas.remove(partition))
                .compose(buried -> erase(partition, base));
    }

    private Future<Void> erase(PartitionId partition, LogBase base) {
        RecordBatch erased = new RecordBatch();
        erased.put(
                Family.LOG,
                PartitionKeys.logBase(partition),
                base.removed(Removal.ERASED).encode());
        return clearRowsFrom(partition, 0)
                .compose(cleared -> blockEraser.apply(partition))
                .compose(gone -> writes.write(erased, Durability.SYNCED));
    }

    private Future<@Nullable LogBase> base(PartitionId partition) {
        return ports.loops().ownerOf(partition).executeBlocking(() -> PartitionLog.base(ports.records(), partition));
    }

    /** Which generation is free is known only once nothing of the replica before is under way: it may be installing a state. */
    private Future<PartitionReplica> replace(
            PartitionId partition, RaftMessage message, @Nullable PartitionReplica before, HardState hardState) {
        Configuration seen = new Configuration(0, List.of(message.from()), List.of(), List.of(message.to()));
        Future<Long> free = before == null
                ? Future.succeededFuture(0L)
                : before.retire().map(done -> before.installGeneration() + 1);
        return free.compose(generation -> clearRowsFrom(partition, generation)
                .compose(done -> begin(
                        partition,
                        LogBase.ofNew(seen, message.to().tenure(), generation),
                        hardState,
                        message.generation()))
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

    /** Whether its replica is being made, or removed. */
    boolean isChanging(PartitionId partition) {
        return changing.contains(partition);
    }

    private static <T> Future<T> isBeingChanged(PartitionId partition) {
        return Future.failedFuture("the replica of " + partition + " is being made or removed");
    }

    /**
     * On the partition's loop, where there is no replica: none comes of an earlier generation from now on. Completes once that is
     * durable; fails where a later one is promised. What is on the disk and not open is left alone.
     */
    Future<Trace> promise(PartitionId partition, long generation) {
        if (!changing.add(partition)) {
            return isBeingChanged(partition);
        }
        return trace(partition)
                .compose(
                        trace -> trace.isKept() ? Future.succeededFuture(trace) : promise(partition, trace, generation))
                .onComplete(done -> changing.remove(partition));
    }

    private Future<Trace> promise(PartitionId partition, Trace trace, long generation) {
        HardState promised = trace.hardState().promisedWithoutReplica(generation);
        if (promised == null) {
            return Future.failedFuture(new PartitionRefusedException(
                    partition, Reason.NOT_SERVING, "it is promised to another generation already"));
        }
        RecordBatch batch = new RecordBatch();
        PartitionLog.putHardState(batch, partition, promised);
        return writes.write(batch, Durability.SYNCED).map(new Trace(trace.base(), promised));
    }

    /** On the partition's loop: what the disk has of it, be it a replica or what is left of one. */
    Future<Trace> trace(PartitionId partition) {
        return ports.loops().ownerOf(partition).executeBlocking(() -> PartitionLog.trace(ports.records(), partition));
    }

    /** The connection to the node broke; most replicas have nothing to do with it. From any thread. */
    void onPeerLost(NodeId node) {
        for (PartitionReplica replica : replicas.values()) {
            Standing standing = replica.standing();
            if (standing != null && standing.isWith(node)) {
                replica.loop().execute(() -> replica.onPeerLost(node));
            }
        }
    }
}
