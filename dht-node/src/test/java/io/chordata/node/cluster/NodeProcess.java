package io.chordata.node.cluster;

import io.chordata.node.block.replica.BlockRepair;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.object.ObjectException;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.force.Recovery;
import io.chordata.node.sim.SimBlockStore;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimPeers;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One process on a machine, from its start to its end: the layers over simulated ports, and the requests it has open. */
final class NodeProcess {
    private static final long MILLI = 1_000_000;

    final SimLoops loops;
    final SimRecordStore records;
    final SimBlockStore blocks;
    private final SimPeers peers;
    private final Cluster cluster;
    private final Machine machine;
    private final NodeStack stack;

    /** Each request's way to tell its client that the connection broke. */
    private final Map<Long, Runnable> open = new LinkedHashMap<>();

    private long lastRequest;
    private boolean serving;
    private @Nullable Throwable failure;

    NodeProcess(Cluster cluster, Machine machine) {
        this.cluster = cluster;
        this.machine = machine;
        this.loops = new SimLoops(cluster.scheduler, 1 + cluster.random.nextInt(3));
        this.records = new SimRecordStore(machine.records, cluster.scheduler, loops);
        records.setColdReadChance(machine.coldReadChance);
        records.setBusyChance(machine.busyChance);
        this.blocks = new SimBlockStore(loops, () -> machine.room, machine.blocks);
        setDiskMillisMax(machine.diskMillisMax);
        SimTimers timers = new SimTimers(cluster.scheduler, loops);
        this.peers = new SimPeers(
                cluster.network,
                Cluster.ID,
                machine.id,
                machine.address,
                peer -> onLoop(() -> stack().onUnreachable(peer)));
        NodePorts ports = new NodePorts(
                loops,
                machine.clock,
                timers,
                cluster.random.fork(),
                records,
                blocks,
                () -> machine.room,
                new LoopPeers(peers, loops));
        this.stack = new NodeStack(cluster, machine, ports, cluster.options);
    }

    NodeStack stack() {
        return stack;
    }

    boolean isServing() {
        return serving;
    }

    /** Why it cannot serve. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    int openRequests() {
        return open.size();
    }

    void setDiskMillisMax(long millis) {
        records.setDelayNanosMax(millis * MILLI);
        blocks.setDelay(cluster.scheduler, (millis - 1) * MILLI);
    }

    void start() {
        onLoop(() -> stack.start().onSuccess(started -> serving = true).onFailure(cause -> failure = cause));
    }

    Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        onLoop(() -> {
            serving = false;
            stack.stop().onComplete(stopped);
        });
        return stopped.future();
    }

    /** Compares its blocks of a partition with those of the other members. */
    void repair(PartitionId partition) {
        loops.ownerOf(partition).execute(() -> {
            BlockRepair repair = stack.blocks().repair();
            repair.sweep(partition).compose(swept -> repair.repair(partition));
        });
    }

    /** Has a partition go on by force; {@code then} is called once, unless the process ends before. */
    void recover(PartitionId partition, List<NodeId> nodes, List<NodeId> gone, Consumer<Recovery.Outcome> then) {
        onLoop(() -> stack.recovery()
                .run(partition, nodes, gone)
                .onSuccess(then::accept)
                .onFailure(cause -> cluster.violated("the recovery of " + partition + " has no outcome", cause)));
    }

    private void onLoop(Runnable task) {
        loops.ownerOf(new PartitionId(0)).execute(task);
    }

    /** The connections break, and nothing of it runs any more. */
    void end() {
        loops.kill();
        peers.stop();
        cluster.rules.addAll(stack.partitions);
        List<Runnable> broken = new ArrayList<>(open.values());
        open.clear();
        broken.forEach(Runnable::run);
    }

    <T> void accept(Function<ObjectLayer, Future<T>> operation, Consumer<Reply<T>> answer) {
        if (!serving) {
            answer.accept(Reply.unavailable());
            return;
        }
        long request = ++lastRequest;
        open.put(request, () -> answer.accept(Reply.lost()));
        Loop loop = loops.ownerOf(new PartitionId(cluster.random.nextInt(16)));
        loop.execute(() -> call(operation).onComplete(done -> {
            if (open.remove(request) != null) {
                answer.accept(done.succeeded() ? Reply.of(done.result()) : failed(done.cause()));
            }
        }));
    }

    private <T> Future<T> call(Function<ObjectLayer, Future<T>> operation) {
        try {
            return operation.apply(stack.objects());
        } catch (ObjectException e) {
            return Future.failedFuture(e);
        }
    }

    private <T> Reply<T> failed(Throwable cause) {
        if (cause instanceof ObjectException) {
            return Reply.failed((ObjectException) cause);
        }
        cluster.violated(machine + " answered with what no client can understand", cause);
        return Reply.lost();
    }
}
