package io.chordata.node.partition;

import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RequestId;
import io.chordata.node.partition.GroupCodec.Kind;
import io.chordata.node.partition.GroupCodec.Question;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Every partition of the cluster, asked from this node: by its own replica where that leads, else by the one that does. An
 * answer, or a refusal, comes within some seconds. What waits here is bounded, whoever it waits for.
 */
public final class RoutedPartitions implements Partitions {
    private static final long LOCATED_NANOS = 1_000_000_000;

    private final NodeId self;
    private final NodePartitions local;
    private final PartitionPorts ports;
    private final GroupPeers peers;
    private final GroupQuestions questions;
    private final GroupRoutes routes;
    /** When it was last found out who keeps a partition. */
    private final Map<PartitionId, Long> located = new ConcurrentHashMap<>();

    private final QueueBudget commands;
    private final QueueBudget queries;
    private final LongAdder settledHere = new LongAdder();
    private final LongAdder forwarded = new LongAdder();

    /** @param local the replicas of this node, which are asked by others through this, too */
    public RoutedPartitions(
            NodeId self, NodePartitions local, PartitionPorts ports, GroupPeers peers, PartitionOptions options) {
        this.self = self;
        this.local = local;
        this.ports = ports;
        this.peers = peers;
        this.questions = new GroupQuestions(self, local, peers);
        this.routes = new GroupRoutes(local, questions, peers.holders(), ports.loops());
        this.commands = new QueueBudget(options.maxQueued(), options.maxQueuedBytes());
        this.queries = new QueueBudget(options.maxQueued(), Long.MAX_VALUE);
    }

    /** From now on other nodes may ask the replicas here. */
    public void serve() {
        new PartitionService(local, questions).serve(peers.peers());
    }

    @Override
    public Partitioning partitioning() {
        return local.partitioning();
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command) {
        local.requireFits(command);
        // Not this node's newest log time of all: another partition's may be far ahead of this one's.
        long timeMillis = Math.max(ports.clock().wallMillis(), local.logTimeMillis(partition));
        return within(commands, new Question(partition, Kind.REQUEST, new Request(id, timeMillis, command).encode()));
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, byte[] command) {
        local.requireFits(command);
        return within(commands, new Question(partition, Kind.COMMAND, command));
    }

    @Override
    public Future<byte[]> read(PartitionId partition, byte[] query) {
        return within(queries, new Question(partition, Kind.QUERY, query));
    }

    @Override
    public Future<EventualAnswer> readEventually(PartitionId partition, byte[] query) {
        if (!queries.tryAcquire(0)) {
            return tooBusy(partition, queries);
        }
        return LoopCalls.call(ports.loops(), ports.loops().current(), () -> {
                    EventualCall call = new EventualCall(partition, query, questions, peers.holders());
                    return call.run(self, routes.known(partition)).onComplete(done -> count(call.isForwarded()));
                })
                .onComplete(done -> queries.release(0));
    }

    private static <T> Future<T> tooBusy(PartitionId partition, QueueBudget budget) {
        return Future.failedFuture(
                new PartitionRefusedException(partition, Reason.TOO_BUSY, budget.count() + " wait at this node"));
    }

    private Future<byte[]> within(QueueBudget budget, Question question) {
        long bytes = question.content().length;
        if (!budget.tryAcquire(bytes)) {
            return tooBusy(question.partition(), budget);
        }
        return LoopCalls.call(ports.loops(), ports.loops().current(), () -> {
                    RoutedCall call = new RoutedCall(question, questions, routes, ports);
                    return call.run().onComplete(done -> count(call.isForwarded()));
                })
                .onComplete(done -> budget.release(bytes));
    }

    private void count(boolean isForwarded) {
        (isForwarded ? forwarded : settledHere).increment();
    }

    /** Commands and queries that came to an end without a word to another node's replica. From any thread. */
    public long settledHere() {
        return settledHere.sum();
    }

    /** Those for which another node's replica was asked. From any thread. */
    public long forwarded() {
        return forwarded.sum();
    }

    @Override
    public boolean isLedHere(PartitionId partition) {
        return local.isLedHere(partition);
    }

    /** Never before what any partition's log here was stamped with, nor before what other nodes told of theirs. */
    @Override
    public long timeMillis() {
        return Math.max(local.timeMillis(), questions.timeMillis());
    }

    /**
     * Who keeps the partition, as far as is known here, or else as somebody says. What nobody confirmed lately is asked for again:
     * groups move on, and members that are none any more name nobody. Fails with {@link PartitionRefusedException} where nobody
     * says anything.
     */
    public Future<GroupKnowledge> locate(PartitionId partition) {
        Standing kept = standingOfMember(partition);
        if (kept != null) {
            return Future.succeededFuture(kept.knowledge());
        }
        GroupKnowledge known = routes.known(partition);
        Long locatedNanos = located.get(partition);
        long now = ports.clock().monotonicNanos();
        if (known != null && locatedNanos != null && now - locatedNanos < LOCATED_NANOS) {
            return Future.succeededFuture(known);
        }
        return routes.search(partition).compose(found -> {
            GroupKnowledge newest = routes.known(partition);
            if (found != null) {
                located.put(partition, now);
            }
            return newest == null ? unknown(partition) : Future.succeededFuture(newest);
        });
    }

    /**
     * Where this node is a member that knows its leader, or null. Its members tell each other of what changes; what else was heard
     * may be of a change that never came to be.
     */
    private @Nullable Standing standingOfMember(PartitionId partition) {
        Standing standing = local.standing(partition);
        return standing != null
                        && standing.configuration().memberOf(standing.self().node()) != null
                        && standing.leader() != null
                ? standing
                : null;
    }

    private static Future<GroupKnowledge> unknown(PartitionId partition) {
        return Future.failedFuture(
                new PartitionRefusedException(partition, Reason.NOT_SERVING, "nobody knows who keeps it"));
    }

    /** Who keeps the partition, as far as is known here without asking anybody; null if nothing is. From any thread. */
    public @Nullable GroupKnowledge known(PartitionId partition) {
        return routes.known(partition);
    }

    /** Somebody said so. */
    public void learn(GroupKnowledge knowledge) {
        routes.learn(knowledge);
    }
}
