package io.chordata.node.partition.move;

import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A simulated node: disks that stay, a process that comes and goes, and what its directory says of the others. */
final class MoveNode implements LocalReplicas, Clock, Timers {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int TICK_MILLIS = 60;

    final int number;
    final NodeId id;
    final String zone;
    final MoveCluster cluster;
    final SimRandom random;
    final SimBlocks blocks;
    final Map<PartitionId, SimCopy> disk = new TreeMap<>();
    /** What its directory holds of the nodes of the cluster; stays over restarts. */
    final Map<NodeId, NodeCondition> directory = new TreeMap<>();

    private final Map<PartitionId, SimReplica> replicas = new TreeMap<>();
    private final Map<NodeId, Long> downSince = new TreeMap<>();
    private final SimLinks links;
    private @Nullable MoveService service;
    private @Nullable PlacementWatch watch;
    boolean isDraining;
    boolean isDestroyed;
    boolean isFull;
    long cutUntilMillis;
    private boolean isUp;
    private int life;

    MoveNode(int number, String zone, MoveCluster cluster) {
        this.number = number;
        this.id = MoveCluster.id(number);
        this.zone = zone;
        this.cluster = cluster;
        this.random = cluster.random.fork();
        this.links = new SimLinks(this);
        this.blocks = new SimBlocks(this);
    }

    boolean isUp() {
        return isUp;
    }

    boolean isCut() {
        return nowMillis() < cutUntilMillis;
    }

    long nowMillis() {
        return cluster.scheduler.nowMillis();
    }

    @Nullable
    SimReplica replica(PartitionId partition) {
        return replicas.get(partition);
    }

    MoveService service() {
        if (service == null) {
            throw new IllegalStateException(number + " is down");
        }
        return service;
    }

    MoveLinks.@Nullable Receiver receiver() {
        return isUp ? links.receiver() : null;
    }

    void boot() {
        if (isUp || isDestroyed) {
            return;
        }
        isUp = true;
        life++;
        downSince.clear();
        watch = new PlacementWatch(cluster.partitions);
        disk.forEach((partition, copy) -> {
            if (!copy.isBuried) {
                replicas.put(partition, new SimReplica(this, partition, copy));
            }
        });
        MovePorts ports = new MovePorts(this, this, this, links, blocks, this::surroundings);
        service = new MoveService(id, ports, cluster.options, cluster.rules);
        service.start();
        tick();
    }

    void crash() {
        if (isUp) {
            isUp = false;
            life++;
            replicas.values().forEach(SimReplica::end);
            replicas.clear();
            links.forget();
            service = null;
            cluster.nodes.forEach(other -> cluster.send(this, other.id, to -> to.onPeerLost(id)));
        }
    }

    void found(PartitionId partition) {
        Configuration founding = Configuration.founding(id);
        SimCopy copy = new SimCopy(founding.voters().get(0), founding);
        disk.put(partition, copy);
        cluster.oracle.onCommitted(partition, founding);
        replicas.put(partition, new SimReplica(this, partition, copy));
    }

    private void tick() {
        later(random.nextInt(TICK_MILLIS / 2) + TICK_MILLIS, () -> {
            List.copyOf(replicas.values()).forEach(SimReplica::onTick);
            tick();
        });
    }

    void onRaft(PartitionId partition, RaftMessage message) {
        SimCopy copy = disk.get(partition);
        boolean isNewer = copy == null || copy.tenure < message.to().tenure();
        if (isNewer && message.body().isLeaders() && message.to().node().equals(id)) {
            create(partition, message, copy);
        }
        SimReplica replica = replicas.get(partition);
        if (replica != null) {
            replica.onMessage(message);
        }
    }

    private void create(PartitionId partition, RaftMessage message, @Nullable SimCopy before) {
        Configuration seen = new Configuration(0, List.of(message.from()), List.of(), List.of(message.to()));
        SimReplica replica = replicas.remove(partition);
        if (replica != null) {
            replica.end();
        }
        SimCopy copy = before == null ? new SimCopy(message.to(), seen) : before;
        copy.beginAnew(message.to(), seen);
        disk.put(partition, copy);
        replicas.put(partition, new SimReplica(this, partition, copy));
    }

    private void onPeerLost(NodeId lost) {
        List.copyOf(replicas.values()).forEach(replica -> replica.onPeerLost(lost));
    }

    // what it sees

    private Surroundings surroundings() {
        if (watch == null) {
            throw new IllegalStateException(number + " is down");
        }
        Set<NodeId> replaced = replaced();
        List<PlacementWatch.Node> nodes = new ArrayList<>();
        directory.forEach(
                (node, condition) -> nodes.add(new PlacementWatch.Node(node, condition, cluster.node(node).zone)));
        return watch.look(nowMillis(), nodes, partition -> cluster.desired(this, partition, replaced));
    }

    private Set<NodeId> replaced() {
        Set<NodeId> replaced = new TreeSet<>();
        directory.forEach((node, condition) -> {
            if (condition == NodeCondition.DOWN) {
                long since = downSince.computeIfAbsent(node, key -> nowMillis());
                if (nowMillis() - since >= cluster.options.replaceAfterMillis()) {
                    replaced.add(node);
                }
            } else {
                downSince.remove(node);
            }
        });
        return replaced;
    }

    // LocalReplicas

    @Override
    public void eachLed(Consumer<LedGroup> visit) {
        List.copyOf(replicas.values()).stream().filter(SimReplica::leads).forEach(visit);
    }

    @Override
    public void eachReplica(Consumer<Replica> visit) {
        List.copyOf(replicas.values())
                .forEach(replica -> visit.accept(new Replica(
                        replica.partition(),
                        replica.view().generation(),
                        replica.self(),
                        replica.decided(),
                        replica.newest(),
                        replica.silentMillis())));
    }

    @Override
    public Future<@Nullable Committed> committed(PartitionId partition) {
        SimReplica replica = replicas.get(partition);
        return Future.succeededFuture(replica == null ? null : replica.decided());
    }

    @Override
    public boolean hasArrived(PartitionId partition) {
        SimReplica replica = replicas.get(partition);
        Committed committed = replica == null ? null : replica.decided();
        return committed != null
                && !committed.configuration().isJoint()
                && committed
                        .configuration()
                        .isVoter(Objects.requireNonNull(disk.get(partition)).self());
    }

    @Override
    public Future<Void> remove(PartitionId partition, long generation, Member self) {
        SimCopy copy = disk.get(partition);
        if (copy != null && isMeant(copy, self)) {
            cluster.oracle.onRemoved(partition, copy.self());
            SimReplica replica = replicas.remove(partition);
            if (replica != null) {
                replica.end();
            }
            copy.bury();
        }
        Promise<Void> promise = Promise.promise();
        later(2, promise::complete);
        return promise.future();
    }

    private boolean isMeant(SimCopy copy, Member removed) {
        return !copy.isBuried && (copy.self().equals(removed) || !cluster.copyRules.isOrderForTenure());
    }

    @Override
    public int count() {
        return replicas.size();
    }

    /** There is one generation. */
    @Override
    public Future<Boolean> isInTheWay(PartitionId partition) {
        return Future.succeededFuture(false);
    }

    @Override
    public boolean isFull() {
        return isFull;
    }

    // Clock and Timers

    @Override
    public long wallMillis() {
        return nowMillis();
    }

    @Override
    public long monotonicNanos() {
        return cluster.scheduler.nowNanos();
    }

    @Override
    public Timer once(long delayMillis, Runnable handler) {
        boolean[] cancelled = {false};
        later(delayMillis, () -> {
            if (!cancelled[0]) {
                handler.run();
            }
        });
        return () -> cancelled[0] = true;
    }

    /** In this life of the process, if it lasts. */
    void later(long delayMillis, Runnable task) {
        cluster.scheduler.after(delayMillis * NANOS_PER_MILLI, inThisLife(task));
    }

    void later(Runnable task) {
        cluster.scheduler.after(random.nextLong(0, NANOS_PER_MILLI), inThisLife(task));
    }

    Runnable inThisLife(Runnable task) {
        int of = life;
        return () -> {
            if (life == of && isUp) {
                task.run();
            }
        };
    }

    @Override
    public String toString() {
        return number + (isUp ? "" : " down") + (isDraining ? " draining" : "") + (isDestroyed ? " destroyed" : "");
    }
}
