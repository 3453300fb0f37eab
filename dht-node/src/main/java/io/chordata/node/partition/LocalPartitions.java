package io.chordata.node.partition;

import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftEvent;
import io.chordata.node.partition.raft.RaftMessage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every partition of a cluster of one: this node is the only member of each group. A call hops to the loop that owns the
 * partition, and its outcome hops back.
 *
 * <p>Once a store or the state machine fails, the node acknowledges nothing any more: what is in flight ends as
 * {@link Reason#UNKNOWN}, what comes later as {@link Reason#NOT_SERVING}, until the process is started again.
 */
public final class LocalPartitions implements Partitions {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPartitions.class);
    /** Partitions that replay side by side at start; each holds up to {@code maxApplyBytes} of its log in memory. */
    private static final int RECOVERIES_AT_ONCE = 16;

    private final Partitioning partitioning;
    private final PartitionPorts ports;
    private final PartitionOptions options;
    private final List<PartitionReplica> replicas = new ArrayList<>();
    private final QueueBudget commands;
    private final QueueBudget queries;
    private final LogTruncation truncation;
    private final RaftCounters raftEvents = new RaftCounters();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    public LocalPartitions(
            NodeId self,
            Partitioning partitioning,
            StateMachine machine,
            PartitionPorts ports,
            PartitionOptions options) {
        this.partitioning = partitioning;
        this.ports = ports;
        this.options = options;
        this.commands = new QueueBudget(options.maxQueued(), options.maxQueuedBytes());
        this.queries = new QueueBudget(options.maxQueued(), Long.MAX_VALUE);
        LogSize logSize = new LogSize(options.maxLogBytes());
        ReplicaEnvironment environment =
                new ReplicaEnvironment(ports, options, machine, logSize, raftEvents, new Alone(), this::fail);
        for (int p = 0; p < partitioning.count(); p++) {
            replicas.add(replica(new PartitionId(p), self, environment));
        }
        this.truncation = new LogTruncation(replicas, ports, options, logSize, this::fail);
    }

    private static PartitionReplica replica(PartitionId partition, NodeId self, ReplicaEnvironment environment) {
        Configuration founding = Configuration.founding(self);
        Member founder = founding.voters().get(0);
        return new PartitionReplica(partition, founder, founding, environment);
    }

    /**
     * Replays every log; completes when the partitions serve. A partition whose log is damaged stays out of service,
     * logged and seen in {@link #view}, while the others serve.
     *
     * @return fails with {@link StoreFailedException} if the store fails, or if no partition can serve
     */
    public Future<Void> start() {
        List<Future<Integer>> lanes = new ArrayList<>();
        for (int p = 0; p < Math.min(RECOVERIES_AT_ONCE, replicas.size()); p++) {
            lanes.add(startLane(p, 0));
        }
        return Future.all(lanes)
                .compose(
                        all -> onStarted(lanes.stream().mapToInt(Future::result).sum()));
    }

    /** Starts partition {@code p} and then, one after the other, those of the same lane; counts those that serve. */
    private Future<Integer> startLane(int p, int serving) {
        if (p >= replicas.size()) {
            return Future.succeededFuture(serving);
        }
        return startOne(replicas.get(p)).compose(serves -> startLane(p + RECOVERIES_AT_ONCE, serving + serves));
    }

    private Future<Integer> startOne(PartitionReplica replica) {
        return onLoopOf(replica, PartitionReplica::start).map(1).otherwise(cause -> {
            if (failure.get() == null) {
                LOG.error("event=partition-refused partition={} cause=\"{}\"", replica.partition(), cause.getMessage());
            }
            return 0;
        });
    }

    private Future<Void> onStarted(int serving) {
        Throwable cause = failure.get();
        if (cause != null) {
            return Future.failedFuture(new StoreFailedException("the partitions failed at start", cause));
        }
        if (serving == 0) {
            return Future.failedFuture(new StoreFailedException("no partition could start; the log says why"));
        }
        truncation.start();
        return Future.succeededFuture();
    }

    /** Takes nothing more; completes when all that was taken is answered. */
    public Future<Void> stop() {
        List<Future<Void>> drains = new ArrayList<>();
        drains.add(truncation.stop());
        for (PartitionReplica replica : replicas) {
            drains.add(onLoopOf(replica, PartitionReplica::stop));
        }
        return Future.join(drains).mapEmpty();
    }

    @Override
    public Partitioning partitioning() {
        return partitioning;
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, byte[] command) {
        if (command.length == 0 || command.length > options.maxCommandBytes()) {
            throw new IllegalArgumentException(
                    "a command has 1 to " + options.maxCommandBytes() + " bytes, got " + command.length);
        }
        return within(commands, command.length, partition, replica -> replica.propose(command));
    }

    @Override
    public Future<byte[]> read(PartitionId partition, byte[] query) {
        return within(queries, 0, partition, replica -> replica.read(query));
    }

    private Future<byte[]> within(
            QueueBudget budget, long bytes, PartitionId partition, Function<PartitionReplica, Future<byte[]>> call) {
        if (!budget.tryAcquire(bytes)) {
            return Future.failedFuture(
                    new PartitionRefusedException(partition, Reason.TOO_BUSY, budget.count() + " wait at this node"));
        }
        return onLoopOf(replicas.get(partition.number()), call).onComplete(done -> budget.release(bytes));
    }

    @Override
    public long timeMillis() {
        return replicas.stream()
                .mapToLong(PartitionReplica::logTimeMillis)
                .reduce(ports.clock().wallMillis(), Math::max);
    }

    /** How often what happened in the partitions' groups since the start. From any thread. */
    public long count(RaftEvent event) {
        return raftEvents.of(event);
    }

    /** How the partitions are doing. */
    public Future<PartitionsView> view() {
        List<Future<PartitionsView.PartitionView>> views = new ArrayList<>();
        for (PartitionReplica replica : replicas) {
            views.add(onLoopOf(replica, asked -> Future.succeededFuture(asked.view())));
        }
        return Future.all(views)
                .map(all ->
                        new PartitionsView(views.stream().map(Future::result).toList()));
    }

    private <T> Future<T> onLoopOf(PartitionReplica replica, Function<PartitionReplica, Future<T>> call) {
        return LoopCalls.call(ports.loops(), replica.loop(), () -> call.apply(replica));
    }

    private void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            logFailure(cause);
            replicas.forEach(replica -> replica.loop().execute(() -> replica.onNodeFailed(cause)));
        }
    }

    /** A failed store says itself what happened; anything else is a broken invariant, to be traced. */
    private static void logFailure(Throwable cause) {
        if (cause instanceof StoreFailedException) {
            LOG.error("event=partitions-failed cause=\"{}\"", cause.getMessage());
        } else {
            LOG.error("event=partitions-failed cause=\"{}\"", cause.getMessage(), cause);
        }
    }

    /** A group of one has nobody to speak to. */
    private static final class Alone implements GroupLinks {
        @Override
        public void send(PartitionId partition, RaftMessage message) {
            throw new IllegalStateException(partition + " has one member, but speaks to " + message.to());
        }

        @Override
        public Future<SnapshotPage> fetch(NodeId leader, PartitionId partition, SnapshotRequest request) {
            throw new IllegalStateException(partition + " has one member, but asks " + leader);
        }
    }
}
