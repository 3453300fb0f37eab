package io.chordata.node.partition;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.PeerBytes;
import io.chordata.node.core.RequestId;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.force.LocalRemains;
import io.chordata.node.partition.move.LocalReplicas;
import io.chordata.node.partition.raft.RaftEvent;
import io.chordata.node.partition.raft.RaftMessage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas that this node keeps, of whichever partitions, and what they answer as far as they lead. A call hops to the
 * loop that owns the partition, and its outcome hops back.
 *
 * <p>Once a store or the state machine fails, the node acknowledges nothing any more: what is in flight ends as
 * {@link Reason#UNKNOWN}, what comes later as {@link Reason#NOT_SERVING}, until the process is started again.
 */
public final class NodePartitions implements Partitions {
    private static final Logger LOG = LoggerFactory.getLogger(NodePartitions.class);
    /** Partitions that replay side by side at start; each holds up to {@code maxApplyBytes} of its log in memory. */
    private static final int RECOVERIES_AT_ONCE = 16;

    private final Partitioning partitioning;
    private final PartitionPorts ports;
    private final PartitionOptions options;
    private final GroupFounding founding;
    private final GroupTraffic traffic;
    private final ReplicaHost host;
    private final Forming forming;
    private final QueueBudget commands;
    private final QueueBudget queries;
    private final LogTruncation truncation;
    private final List<GroupTicks> ticks = new ArrayList<>();
    private final PeerLosses losses = new PeerLosses();
    private final LogTime logTime = new LogTime();
    private final RaftCounters raftEvents = new RaftCounters();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    public NodePartitions(
            NodeId self,
            Partitioning partitioning,
            StateMachine machine,
            PartitionPorts ports,
            GroupPeers peers,
            PartitionOptions options) {
        this.partitioning = partitioning;
        this.ports = ports;
        this.options = options;
        this.forming = new Forming(ports, this::standings);
        this.founding = new GroupFounding(self, partitioning, ports);
        this.commands = new QueueBudget(options.maxQueued(), options.maxQueuedBytes());
        this.queries = new QueueBudget(options.maxQueued(), Long.MAX_VALUE);
        this.traffic = new GroupTraffic(self, partitioning, ports, peers, new Receiving());
        LogSize logSize = new LogSize(options.maxLogBytes());
        ReplicaEnvironment environment =
                new ReplicaEnvironment(ports, options, machine, logSize, logTime, raftEvents, traffic, this::fail);
        this.host = new ReplicaHost(
                self,
                ports,
                (partition, member, configuration) ->
                        new PartitionReplica(partition, member, configuration, environment));
        this.truncation = new LogTruncation(host::all, ports, options, logSize, this::fail);
        loopsInUse().forEach(loop -> ticks.add(new GroupTicks(loop, ports, host::all)));
    }

    private Set<Loop> loopsInUse() {
        Set<Loop> loops = new LinkedHashSet<>();
        int partition = 0;
        while (partition < partitioning.count() && loops.add(ports.loops().ownerOf(new PartitionId(partition)))) {
            partition++;
        }
        return loops;
    }

    /**
     * Makes this node the only voter of every group, unless that was done before: for the node that founded the cluster, at
     * each of its starts, before {@link #start}.
     */
    public Future<Void> found() {
        return onLoop(firstLoop(), founding::run);
    }

    /**
     * Takes neither commands nor queries until each group here has had so many voters, if that was not so before: for the node
     * that founded the cluster, at each of its starts, right after {@link #start}.
     */
    public Future<Void> awaitVoters(int voters) {
        return onLoop(firstLoop(), () -> forming.await(voters));
    }

    /**
     * Replays the log of each replica that is on the disk; completes when those of which this node is the only voter serve,
     * and the others take part in their groups. A replica whose log is damaged stays out of service, logged and seen in
     * {@link #view}, while the others serve.
     *
     * @return fails with {@link StoreFailedException} if the store fails, or if there are replicas and none can serve
     */
    public Future<Void> start() {
        traffic.serve();
        ticks.forEach(GroupTicks::start);
        return onLoop(firstLoop(), () -> firstLoop().executeBlocking(() -> PartitionLog.kept(ports.records())))
                .compose(this::open);
    }

    private Loop firstLoop() {
        return ports.loops().ownerOf(new PartitionId(0));
    }

    private Future<Void> open(List<PartitionId> kept) {
        AtomicInteger serving = new AtomicInteger();
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < RECOVERIES_AT_ONCE; lane++) {
            List<PartitionId> ofLane = IntStream.iterate(lane, i -> i < kept.size(), i -> i + RECOVERIES_AT_ONCE)
                    .mapToObj(kept::get)
                    .toList();
            lanes.add(FutureLoop.each(ofLane, partition -> openOne(partition, serving)));
        }
        return Future.all(lanes).compose(all -> onStarted(kept.size(), serving.get()));
    }

    /** @param serving counts those that serve */
    private Future<Void> openOne(PartitionId partition, AtomicInteger serving) {
        return onLoopOf(partition, () -> host.open(partition))
                .onSuccess(opened -> serving.incrementAndGet())
                .onFailure(cause -> {
                    if (failure.get() == null) {
                        LOG.error("event=partition-refused partition={} cause=\"{}\"", partition, cause.getMessage());
                    }
                })
                .transform(done -> Future.succeededFuture());
    }

    private Future<Void> onStarted(int kept, int serving) {
        Throwable cause = failure.get();
        if (cause != null) {
            return Future.failedFuture(new StoreFailedException("the partitions failed at start", cause));
        }
        if (kept > 0 && serving == 0) {
            return Future.failedFuture(new StoreFailedException("no partition could start; the log says why"));
        }
        host.admit();
        truncation.start();
        return Future.succeededFuture();
    }

    /**
     * Hands over what this node leads where others can lead it, takes nothing more, and completes when all that was taken is
     * answered.
     */
    public Future<Void> stop() {
        host.admitNoMore();
        return new GroupStop(ports, host::all).run().compose(stopped -> {
            ticks.forEach(GroupTicks::stop);
            return truncation.stop();
        });
    }

    @Override
    public Partitioning partitioning() {
        return partitioning;
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command) {
        long timeMillis = Math.max(ports.clock().wallMillis(), logTimeMillis(partition));
        return propose(partition, new Request(id, timeMillis, command));
    }

    /** One attempt at a command that is to happen once. */
    Future<byte[]> propose(PartitionId partition, Request request) {
        byte[] command = request.command();
        requireFits(command);
        return within(commands, command.length, partition, replica -> replica.propose(request));
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, byte[] command) {
        requireFits(command);
        return within(commands, command.length, partition, replica -> replica.propose(command));
    }

    /** @throws IllegalArgumentException if no partition takes such a command */
    void requireFits(byte[] command) {
        if (command.length == 0 || command.length > options.maxCommandBytes()) {
            throw new IllegalArgumentException(
                    "a command has 1 to " + options.maxCommandBytes() + " bytes, got " + command.length);
        }
    }

    @Override
    public Future<byte[]> read(PartitionId partition, byte[] query) {
        return within(queries, 0, partition, replica -> replica.read(query));
    }

    /** Answers from the rows of the replica here, whether or not it leads. */
    @Override
    public Future<EventualAnswer> readEventually(PartitionId partition, byte[] query) {
        if (!queries.tryAcquire(0)) {
            return Future.failedFuture(
                    new PartitionRefusedException(partition, Reason.TOO_BUSY, queries.count() + " wait at this node"));
        }
        return withReplica(partition, replica -> replica.readEventually(query)).onComplete(done -> queries.release(0));
    }

    /** The index (8 bytes) up to which the log holds, by now, all that was acknowledged before; of a leader alone. */
    Future<byte[]> confirm(PartitionId partition) {
        return within(queries, 0, partition, PartitionReplica::confirm);
    }

    /** When a leader should now be asked to confirm, by the monotonic clock in milliseconds; null if it should not. */
    Future<@Nullable Long> beginConfirmation(PartitionId partition) {
        return withReplica(partition, replica -> Future.succeededFuture(replica.beginConfirmation()));
    }

    /** The leader's answer to a question that went out at {@code askedMillis}. */
    void onConfirmed(PartitionId partition, long askedMillis, long index) {
        withReplica(partition, replica -> {
            replica.onConfirmed(askedMillis, index);
            return Future.<Void>succeededFuture();
        });
    }

    private Future<byte[]> within(
            QueueBudget budget, long bytes, PartitionId partition, Function<PartitionReplica, Future<byte[]>> call) {
        PartitionRefusedException refusal = forming.refusal(partition);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        if (!budget.tryAcquire(bytes)) {
            return Future.failedFuture(
                    new PartitionRefusedException(partition, Reason.TOO_BUSY, budget.count() + " wait at this node"));
        }
        return withReplica(partition, call).onComplete(done -> budget.release(bytes));
    }

    private <T> Future<T> withReplica(PartitionId partition, Function<PartitionReplica, Future<T>> call) {
        return onLoopOf(partition, () -> {
            PartitionReplica replica = host.of(partition);
            return replica == null
                    ? Future.failedFuture(
                            new PartitionRefusedException(partition, Reason.NOT_SERVING, "it is not kept here"))
                    : call.apply(replica);
        });
    }

    @Override
    public boolean isLedHere(PartitionId partition) {
        Standing standing = standing(partition);
        return standing != null && standing.serves();
    }

    /** Completes, with nothing, where the replica here leads and takes commands; else fails as {@link #read} would. */
    Future<byte[]> isLeading(PartitionId partition) {
        return isLedHere(partition)
                ? Future.succeededFuture(new byte[0])
                : Future.failedFuture(
                        new PartitionRefusedException(partition, Reason.NOT_SERVING, "it is not served here"));
    }

    /** Newest log time of the partition's log here; 0 if there is none. From any thread. */
    long logTimeMillis(PartitionId partition) {
        PartitionReplica replica = host.of(partition);
        return replica == null ? 0 : replica.logTimeMillis();
    }

    @Override
    public long timeMillis() {
        return Math.max(ports.clock().wallMillis(), logTime.newestMillis());
    }

    /** How the replica here stands; null where there is none, or its log is not read yet. From any thread. */
    public @Nullable Standing standing(PartitionId partition) {
        PartitionReplica replica = host.of(partition);
        return replica == null ? null : replica.standing();
    }

    /** Those of all replicas here, in order of their partitions. From any thread. */
    public List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (PartitionReplica replica : host.all()) {
            Standing standing = replica.standing();
            if (standing != null) {
                standings.add(standing);
            }
        }
        standings.sort(Comparator.comparing(Standing::partition));
        return standings;
    }

    /**
     * On the partition's loop: begins the write unless the body was dropped, as of what is applied here. Nothing is applied in
     * between. Fails with {@link io.chordata.node.core.BodyDroppedException}, or where there is no replica.
     */
    public <T> Future<T> unlessDropped(PartitionId partition, BodyId body, Supplier<Future<T>> write) {
        return withReplica(partition, replica -> replica.unlessDropped(body, write));
    }

    /** Whether the body was dropped, as of what is applied here; false where there is no replica. */
    public Future<Boolean> isDropped(PartitionId partition, BodyId body) {
        return onLoopOf(partition, () -> {
            PartitionReplica replica = host.of(partition);
            return replica == null ? Future.succeededFuture(false) : replica.isDropped(body);
        });
    }

    /** @param eraser deletes all blocks of a partition on this node; to be given before {@link #start} */
    public void eraseBlocksBy(Function<PartitionId, Future<Void>> eraser) {
        host.eraseBlocksBy(eraser);
    }

    /**
     * The replicas here, as those see them who move replicas.
     *
     * @param isFull whether nothing more should come to this node's disk
     */
    public LocalReplicas movable(BooleanSupplier isFull) {
        return new HostedReplicas(host, ports.loops(), isFull);
    }

    /** What is left here of partitions, for whoever recovers one by force. */
    public LocalRemains remains() {
        return new HostedRemains(host, ports.loops());
    }

    /** The connection to the node broke, or none could be made. From any thread. */
    public void onPeerLost(NodeId node) {
        if (losses.isNews(node, ports.clock().monotonicNanos())) {
            host.onPeerLost(node);
        }
    }

    /** Bytes of states of partitions that came from other nodes. From any thread. */
    public PeerBytes snapshots() {
        return traffic.snapshots();
    }

    /** Bytes of log entries that were sent to other nodes. From any thread. */
    public PeerBytes entries() {
        return traffic.entries();
    }

    /** How often what happened in the partitions' groups since the start. From any thread. */
    public long count(RaftEvent event) {
        return raftEvents.of(event);
    }

    /** How the partitions are doing. */
    public Future<PartitionsView> view() {
        List<Future<PartitionsView.PartitionView>> views = new ArrayList<>();
        for (PartitionReplica replica : host.all()) {
            views.add(onLoop(replica.loop(), () -> Future.succeededFuture(replica.view())));
        }
        return Future.all(views)
                .map(all -> new PartitionsView(views.stream()
                        .map(Future::result)
                        .sorted(Comparator.comparing(PartitionsView.PartitionView::partition))
                        .toList()));
    }

    private <T> Future<T> onLoopOf(PartitionId partition, Supplier<Future<T>> call) {
        return onLoop(ports.loops().ownerOf(partition), call);
    }

    private <T> Future<T> onLoop(Loop loop, Supplier<Future<T>> call) {
        return LoopCalls.call(ports.loops(), loop, call);
    }

    private void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            logFailure(cause);
            host.admitNoMore();
            host.all().forEach(replica -> replica.loop().execute(() -> replica.onNodeFailed(cause)));
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

    /** What other nodes say to the replicas here. */
    private final class Receiving implements GroupTraffic.Replicas {
        @Override
        public void onMessage(PartitionId partition, RaftMessage message) {
            try {
                host.onMessage(partition, message);
            } catch (RuntimeException e) {
                LOG.error("event=partition-failed partition={} from={}", partition, message.from(), e);
                failOne(partition, e);
            }
        }

        /** What one of its members says breaks an invariant: the others may go on without this replica. */
        private void failOne(PartitionId partition, RuntimeException cause) {
            PartitionReplica replica = host.of(partition);
            if (replica != null) {
                replica.onBroken(cause);
            }
        }

        @Override
        public Future<SnapshotPage> page(PartitionId partition, SnapshotRequest request) {
            return withReplica(partition, replica -> replica.page(request));
        }
    }
}
