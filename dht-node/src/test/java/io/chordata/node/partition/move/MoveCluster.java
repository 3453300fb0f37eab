package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Nodes, the network between them, and a directory that tells everybody what became of the others, sooner or later. Some
 * partitions, founded on the first node.
 */
final class MoveCluster {
    static final int REPLICATION = 3;
    /** Times of a cluster in a hurry. */
    static final MoveOptions OPTIONS = new MoveOptions(100, 500, 600, 1_500, 2_500, 250, 1_500, 1_200, 2, 2, 20);

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long CALL_MILLIS = 500;

    final SimScheduler scheduler;
    final SimRandom random;
    final List<MoveNode> nodes = new ArrayList<>();
    final int partitions;
    final MoveOptions options;
    final MoveRules rules;
    final CopyRules copyRules;
    final MoveOracle oracle = new MoveOracle(this);
    long leadersElected;
    /** The desired members as a node computes them, in a scenario; null where they follow from its directory. */
    @Nullable
    Ring ring;

    /** Whether messages get lost, late and doubled. */
    boolean isRough;

    private long nextBlock = 1;

    /** Who should hold a partition, by a node. */
    interface Ring {
        List<NodeId> desired(MoveNode by, PartitionId partition);
    }

    MoveCluster(long seed, int partitions, MoveOptions options, MoveRules rules, CopyRules copyRules) {
        this.scheduler = new SimScheduler(seed);
        this.random = scheduler.random().fork();
        this.partitions = partitions;
        this.options = options;
        this.rules = rules;
        this.copyRules = copyRules;
    }

    static NodeId id(int number) {
        return new NodeId(new Uint128(0, number));
    }

    MoveNode node(NodeId id) {
        return nodes.get((int) id.value().low() - 1);
    }

    /** Numbers are from 1. */
    MoveNode node(int number) {
        return nodes.get(number - 1);
    }

    PartitionId partition(int number) {
        return new PartitionId(number);
    }

    /** A new node, which everybody hears of. */
    MoveNode join() {
        int number = nodes.size() + 1;
        MoveNode node = new MoveNode(number, "zone-" + number % REPLICATION, this);
        nodes.add(node);
        nodes.forEach(other -> node.directory.put(other.id, truth(other)));
        node.boot();
        if (number == 1) {
            for (int p = 0; p < partitions; p++) {
                node.found(new PartitionId(p));
            }
        }
        tellAll(node);
        return node;
    }

    void drain(MoveNode node) {
        node.isDraining = true;
        tellAll(node);
    }

    /** It is to stay after all. */
    void keep(MoveNode node) {
        node.isDraining = false;
        tellAll(node);
    }

    void crash(MoveNode node) {
        node.crash();
        tellAll(node);
    }

    /** Its disk is lost for good. */
    void destroy(MoveNode node) {
        oracle.onDestroyed(node);
        node.isDestroyed = true;
        node.crash();
        node.disk.clear();
        tellAll(node);
    }

    void boot(MoveNode node) {
        if (!node.isUp() && !node.isDestroyed) {
            node.boot();
            tellAll(node);
            nodes.forEach(other -> tell(node, other));
        }
    }

    /** It is cut off from everybody else, and both sides notice. */
    void cut(MoveNode node, long millis) {
        node.cutUntilMillis = scheduler.nowMillis() + millis;
        tellAll(node);
        nodes.forEach(other -> tell(node, other));
        scheduler.afterMillis(millis + 1, () -> {
            tellAll(node);
            nodes.forEach(other -> tell(node, other));
        });
    }

    void mend() {
        nodes.forEach(node -> node.cutUntilMillis = 0);
        nodes.forEach(this::tellAll);
    }

    private void tellAll(MoveNode about) {
        nodes.forEach(observer -> tell(observer, about));
    }

    /** A little later the observer's directory knows. */
    private void tell(MoveNode observer, MoveNode about) {
        scheduler.afterMillis(random.nextLong(50, 400), () -> see(observer, about, NodeCondition.SUSPECT));
        scheduler.afterMillis(random.nextLong(500, 1_200), () -> see(observer, about, NodeCondition.DOWN));
    }

    private void see(MoveNode observer, MoveNode about, NodeCondition ifSilent) {
        if (!observer.isUp()) {
            return;
        }
        boolean silent = observer != about && (!about.isUp() || about.isCut() || observer.isCut());
        NodeCondition seen = truth(about);
        observer.directory.put(about.id, silent && seen != NodeCondition.GONE ? ifSilent : seen);
    }

    private static NodeCondition truth(MoveNode node) {
        if (node.isDestroyed) {
            return NodeCondition.GONE;
        }
        return node.isDraining ? NodeCondition.DRAINING : NodeCondition.ALIVE;
    }

    List<NodeId> desired(MoveNode by, PartitionId partition, Set<NodeId> replaced) {
        return ring != null ? ring.desired(by, partition) : placement(partition, by.directory, replaced);
    }

    /** The nodes of highest weight for the partition, of those that may hold it. */
    List<NodeId> placement(PartitionId partition, Map<NodeId, NodeCondition> directory, Set<NodeId> replaced) {
        return directory.entrySet().stream()
                .filter(entry -> isPlaceable(entry.getKey(), entry.getValue(), replaced))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingLong(node -> weight(partition, node)))
                .limit(REPLICATION)
                .toList();
    }

    private boolean isPlaceable(NodeId node, NodeCondition condition, Set<NodeId> replaced) {
        return switch (condition) {
            case ALIVE, SUSPECT -> !node(node).isDraining;
            case DOWN -> !replaced.contains(node) && !node(node).isDraining;
            case DRAINING, GONE -> false;
        };
    }

    private static long weight(PartitionId partition, NodeId node) {
        long mixed =
                (partition.number() + 1) * 0x9E3779B97F4A7C15L + node.value().low() * 0xC2B2AE3D27D4EB4FL;
        mixed = (mixed ^ (mixed >>> 31)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 29);
    }

    // network

    void send(MoveNode from, NodeId to, Consumer<MoveNode> delivery) {
        transmit(from, to, delivery, 0.01);
    }

    /** Blocks take their time. */
    void sendLate(MoveNode from, NodeId to, Consumer<MoveNode> delivery) {
        transmit(from, to, delivery, 0.08);
    }

    private void transmit(MoveNode from, NodeId id, Consumer<MoveNode> delivery, double lateChance) {
        MoveNode to = node(id);
        boolean isLost = from != to && (from.isCut() || to.isCut() || (isRough && random.chance(0.01)));
        if (isLost) {
            return;
        }
        int copies = isRough && random.chance(0.01) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            boolean late = isRough && random.chance(lateChance);
            long nanos = random.nextLong(1, (late ? 4_000 : 4) * NANOS_PER_MILLI);
            scheduler.after(nanos, () -> {
                if (to.isUp()) {
                    delivery.accept(to);
                }
            });
        }
    }

    <T> Future<T> call(MoveNode from, NodeId to, Function<MoveNode, Future<T>> call) {
        Promise<T> promise = Promise.promise();
        Runnable give = from.inThisLife(() -> promise.tryFail("no answer"));
        scheduler.afterMillis(CALL_MILLIS, give);
        send(from, to, target -> {
            Future<T> answer = target.receiver() == null ? Future.failedFuture("down") : call.apply(target);
            answer.onComplete(done -> send(target, from.id, back -> {
                if (done.succeeded()) {
                    promise.tryComplete(done.result());
                } else {
                    promise.tryFail(done.cause());
                }
            }));
        });
        return promise.future();
    }

    void write(MoveNode coordinator, PartitionId partition) {
        if (coordinator.isUp()) {
            coordinator.blocks.write(partition, nextBlock++);
        }
    }

    String describe() {
        StringBuilder text = new StringBuilder("\nat " + scheduler.nowMillis() + " ms, seed " + scheduler.seed());
        for (int p = 0; p < partitions; p++) {
            PartitionId partition = new PartitionId(p);
            text.append("\n ").append(partition).append(" latest ").append(oracle.latest(partition));
            text.append(" desired ").append(placement(partition, trueDirectory(), Set.of()));
            for (MoveNode node : nodes) {
                SimReplica replica = node.replica(partition);
                Object shown = replica == null ? node.disk.get(partition) : replica;
                text.append("\n  ").append(node).append(": ").append(shown);
            }
        }
        return text.toString();
    }

    Map<NodeId, NodeCondition> trueDirectory() {
        Map<NodeId, NodeCondition> directory = new TreeMap<>();
        nodes.forEach(node -> directory.put(node.id, truth(node)));
        return directory;
    }
}
