package io.chordata.node.object;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RequestId;
import io.chordata.node.object.rules.MapRows;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.ObjectStateMachine;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.Partitions;
import io.chordata.node.partition.StateMachine;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Partitions in memory: the rules over sorted maps, each command and query in an event of its own. Fails commands on
 * demand, applied or not.
 */
final class MemoryPartitions implements Partitions {
    private final SimScheduler scheduler;
    private final Loops loops;
    private final SimClock clock;
    private final BlockStore blocks;
    private final StateMachine machine = new ObjectStateMachine();
    private final Map<PartitionId, Replica> replicas = new TreeMap<>();

    /** Commands that still go well; the next one is lost, and all after it. */
    int commandsLeft = Integer.MAX_VALUE;

    /** Whether the first command that is lost was applied all the same. */
    boolean lastIsApplied;

    /** How the commands fail that are lost. */
    Reason failure = Reason.UNKNOWN;

    /** While true, queries are answered but their answers wait for {@link #releaseReads}. */
    boolean holdReads;

    /** Commands that are lost, whatever {@link #commandsLeft} says. */
    Predicate<Command> lost = command -> false;

    private final List<Runnable> heldReads = new ArrayList<>();

    private static final class Replica {
        private final MapRows rows = new MapRows();
        private final Map<RequestId, byte[]> answers = new HashMap<>();
        private long index;
        private long timeMillis;
    }

    MemoryPartitions(SimScheduler scheduler, Loops loops, SimClock clock, BlockStore blocks) {
        this.scheduler = scheduler;
        this.loops = loops;
        this.clock = clock;
        this.blocks = blocks;
    }

    @Override
    public boolean isLedHere(PartitionId partition) {
        return true;
    }

    @Override
    public Partitioning partitioning() {
        return Partitioning.DEFAULT;
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command) {
        return propose(partition, command, () -> applyOnce(partition, id, command));
    }

    @Override
    public Future<byte[]> propose(PartitionId partition, byte[] command) {
        return propose(partition, command, () -> apply(partition, command));
    }

    private Future<byte[]> propose(PartitionId partition, byte[] command, Supplier<byte[]> apply) {
        return later(() -> {
            if (lost.test(parsed(command))) {
                throw new PartitionRefusedException(partition, failure, "as the test wants");
            }
            boolean isAnswered = commandsLeft-- > 0;
            byte[] answer = isAnswered || (commandsLeft == -1 && lastIsApplied) ? apply.get() : null;
            if (isAnswered && answer != null) {
                return answer;
            }
            throw new PartitionRefusedException(partition, failure, "as the test wants");
        });
    }

    private static Command parsed(byte[] command) {
        try {
            return Command.parseFrom(command);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private byte[] applyOnce(PartitionId partition, RequestId id, byte[] command) {
        Map<RequestId, byte[]> answers = replica(partition).answers;
        byte[] kept = answers.get(id);
        if (kept == null) {
            kept = apply(partition, command);
            answers.put(id, kept);
        }
        return kept;
    }

    private byte[] apply(PartitionId partition, byte[] command) {
        Replica replica = replica(partition);
        replica.timeMillis = Math.max(replica.timeMillis, clock.wallMillis());
        byte[] answer = machine.apply(
                new StateMachine.Entry(partition, ++replica.index, replica.timeMillis, 1, command), replica.rows);
        replica.rows.takeDropped().forEach(body -> blocks.drop(partition, body));
        return answer;
    }

    @Override
    public Future<byte[]> read(PartitionId partition, byte[] query) {
        Loop caller = loops.current();
        Promise<byte[]> promise = Promise.promise();
        scheduler.soon(() -> {
            byte[] answer = machine.query(partition, query, replica(partition).rows);
            Runnable deliver = () -> caller.execute(() -> promise.complete(answer));
            if (holdReads) {
                heldReads.add(deliver);
            } else {
                deliver.run();
            }
        });
        return promise.future();
    }

    @Override
    public long timeMillis() {
        return replicas.values().stream()
                .mapToLong(replica -> replica.timeMillis)
                .reduce(clock.wallMillis(), Math::max);
    }

    int heldReads() {
        return heldReads.size();
    }

    void releaseReads() {
        holdReads = false;
        heldReads.forEach(Runnable::run);
        heldReads.clear();
    }

    List<MapRows> rows() {
        List<MapRows> rows = new ArrayList<>();
        replicas.values().forEach(replica -> rows.add(replica.rows));
        return rows;
    }

    int count(int table) {
        return rows().stream().mapToInt(rows -> rows.count(table)).sum();
    }

    private Replica replica(PartitionId partition) {
        return replicas.computeIfAbsent(partition, id -> new Replica());
    }

    private Future<byte[]> later(Supplier<byte[]> task) {
        Loop caller = loops.current();
        Promise<byte[]> promise = Promise.promise();
        scheduler.soon(() -> {
            Future<byte[]> outcome = attempt(task);
            caller.execute(() -> outcome.onComplete(promise));
        });
        return promise.future();
    }

    private static Future<byte[]> attempt(Supplier<byte[]> task) {
        try {
            return Future.succeededFuture(task.get());
        } catch (PartitionRefusedException e) {
            return Future.failedFuture(e);
        }
    }
}
