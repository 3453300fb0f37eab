package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.move.SimBlocks.Reply;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** A story of one partition, told step by step on a network that loses nothing. Everybody sees the ring that is told. */
final class MoveScenario {
    private static final PartitionId PARTITION = new PartitionId(0);
    private static final int EVENTS_MAX = 200_000;

    final MoveCluster cluster;
    private List<NodeId> desired = List.of();

    MoveScenario(MoveRules rules, CopyRules copyRules, int nodes) {
        cluster = new MoveCluster(1, 1, MoveCluster.OPTIONS, rules, copyRules);
        cluster.ring = (by, partition) -> desired;
        for (int i = 0; i < nodes; i++) {
            cluster.join();
        }
    }

    /** From now on these should hold it. */
    MoveScenario ring(int... numbers) {
        desired = ids(numbers);
        return this;
    }

    static List<NodeId> ids(int... numbers) {
        return Arrays.stream(numbers).mapToObj(MoveCluster::id).toList();
    }

    void until(BooleanSupplier holds) {
        cluster.scheduler.runUntil(
                () -> {
                    cluster.oracle.checkBlocks();
                    return holds.getAsBoolean();
                },
                EVENTS_MAX);
    }

    void passMillis(long millis) {
        cluster.scheduler.advanceMillis(millis);
        cluster.oracle.checkBlocks();
    }

    /** Until these vote, and no change is under way. */
    MoveScenario settleAt(int... numbers) {
        ring(numbers);
        until(() -> isAt(numbers));
        return this;
    }

    boolean isAt(int... numbers) {
        Configuration latest = latest();
        return !latest.isJoint() && new TreeSet<>(voters()).equals(new TreeSet<>(ids(numbers)));
    }

    /** Whether those vote, and only those hold it, who should by what is true of all nodes. */
    boolean isAsDirectorySays() {
        List<NodeId> should = cluster.placement(PARTITION, cluster.trueDirectory(), Set.of());
        return !latest().isJoint()
                && latest().learners().isEmpty()
                && new TreeSet<>(voters()).equals(new TreeSet<>(should));
    }

    /** Of those who vote. */
    int[] numbers() {
        return voters().stream().mapToInt(voter -> (int) voter.value().low()).toArray();
    }

    Configuration latest() {
        return cluster.oracle.latest(PARTITION);
    }

    List<NodeId> voters() {
        return latest().voters().stream().map(Member::node).toList();
    }

    int changes() {
        return cluster.oracle.changes();
    }

    Member member(int number) {
        return Objects.requireNonNull(latest().memberOf(MoveCluster.id(number)));
    }

    MoveNode node(int number) {
        return cluster.node(number);
    }

    SimReplica replica(int number) {
        return Objects.requireNonNull(cluster.node(number).replica(PARTITION));
    }

    boolean isLedBy(int number) {
        SimReplica replica = cluster.node(number).replica(PARTITION);
        return replica != null && replica.leads();
    }

    boolean hasCopy(int number) {
        SimCopy copy = cluster.node(number).disk.get(PARTITION);
        return copy != null && !copy.isBuried;
    }

    /** An acknowledged block that lies at these voters. */
    void storeAt(long block, int... numbers) {
        for (int number : numbers) {
            copy(number).blocks.add(block);
        }
        cluster.oracle.onAcknowledged(PARTITION, block);
    }

    boolean holds(int number, long block) {
        return copy(number).blocks.contains(block);
    }

    private SimCopy copy(int number) {
        return Objects.requireNonNull(cluster.node(number).disk.get(PARTITION));
    }

    /** Sends the block to these members of the tagged configuration; who takes it. */
    List<NodeId> deliver(long block, Configuration tag, int... numbers) {
        List<NodeId> takers = new ArrayList<>();
        for (int number : numbers) {
            Member to = Objects.requireNonNull(tag.memberOf(MoveCluster.id(number)));
            cluster.node(number).blocks.onWrite(PARTITION, block, tag, to).onSuccess((Reply reply) -> {
                if (reply.isTaken()) {
                    takers.add(to.node());
                }
            });
        }
        cluster.scheduler.advanceMillis(1_000);
        return takers;
    }

    void order(Member removed) {
        Configuration latest = latest();
        RemovalOrder order = new RemovalOrder(0, removed, latest.index(), Math.max(latest.index(), removed.tenure()));
        Objects.requireNonNull(cluster.node(removed.node()).receiver()).onOrder(PARTITION, order);
    }
}
