package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.SimRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a few partitions that begin on one node and follow a ring on which nodes join, drain, die, return, and are cut off,
 * while blocks are written; then all is mended, and each group must come to have exactly the members that it should, the right
 * leader, and nothing left anywhere else. What must always hold is seen to by the {@link MoveOracle}.
 */
final class MoveSimulation {
    private static final int NODES_MAX = 7;
    private static final int CALM_MILLIS = 60_000;

    private final MoveCluster cluster;
    private final SimRandom random;
    private final int troubleMillis;
    private boolean isCalm;
    private long crashes;

    /** What happened in a run. */
    record Outcome(
            long traceHash, long blocks, long changes, long removals, long crashes, long calmMillis, long events) {}

    private MoveSimulation(long seed, MoveRules rules, CopyRules copyRules) {
        int partitions = 1 + (int) Math.floorMod(seed, 3);
        this.cluster = new MoveCluster(seed, partitions, MoveCluster.OPTIONS, rules, copyRules);
        this.random = cluster.random.fork();
        this.troubleMillis = 8_000 + random.nextInt(12_000);
    }

    /** @throws AssertionError if a promise was broken; names the seed */
    static Outcome run(long seed, MoveRules rules, CopyRules copyRules) {
        MoveSimulation simulation = new MoveSimulation(seed, rules, copyRules);
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("-Dtest=MoveSimulationTest -Dchordata.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private Outcome run() {
        int founders = 1 + random.nextInt(4);
        for (int i = 0; i < founders; i++) {
            cluster.join();
        }
        write();
        propose();
        cluster.scheduler.advanceMillis(random.nextInt(8_000));
        cluster.isRough = true;
        trouble();
        calm();
        long calmed = cluster.scheduler.nowMillis();
        settle();
        return new Outcome(
                cluster.scheduler.traceHash(),
                cluster.oracle.blocks(),
                cluster.oracle.changes(),
                cluster.oracle.removals(),
                crashes,
                cluster.scheduler.nowMillis() - calmed,
                cluster.scheduler.executed());
    }

    private void write() {
        if (!isCalm) {
            cluster.write(any(cluster.nodes), cluster.partition(random.nextInt(cluster.partitions)));
            cluster.scheduler.afterMillis(random.nextLong(10, 300), this::write);
        }
    }

    /** Whoever takes itself for a leader gets something for its log. */
    private void propose() {
        MoveNode node = any(cluster.nodes);
        SimReplica replica = node.replica(cluster.partition(random.nextInt(cluster.partitions)));
        if (replica != null) {
            replica.propose(new byte[] {1});
        }
        cluster.scheduler.afterMillis(random.nextLong(50, 500), this::propose);
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void trouble() {
        long end = cluster.scheduler.nowMillis() + troubleMillis;
        while (cluster.scheduler.nowMillis() < end) {
            cluster.scheduler.advanceMillis(random.nextInt(random.chance(0.2) ? 4_000 : 900));
            oneTrouble(any(cluster.nodes));
            cluster.oracle.checkBlocks();
        }
    }

    private void oneTrouble(MoveNode node) {
        switch (random.nextInt(10)) {
            case 0, 1 -> joinOne();
            case 2, 3 -> {
                crashes++;
                cluster.crash(node);
            }
            case 4, 5, 6 -> cluster.nodes.forEach(this::perhapsBoot);
            case 7 -> cluster.cut(node, random.nextLong(200, 6_000));
            case 8 -> drainOrKeep(node);
            default -> destroy(node);
        }
    }

    private void perhapsBoot(MoveNode node) {
        if (random.chance(0.6)) {
            cluster.boot(node);
        }
    }

    private void joinOne() {
        if (cluster.nodes.size() < NODES_MAX) {
            cluster.join();
        }
    }

    private long placeable() {
        return cluster.nodes.stream()
                .filter(node -> !node.isDraining && !node.isDestroyed)
                .count();
    }

    private void drainOrKeep(MoveNode node) {
        if (node.isDraining && random.chance(0.5)) {
            cluster.keep(node);
        } else if (placeable() > MoveCluster.REPLICATION && !node.isDestroyed) {
            cluster.drain(node);
        }
    }

    /** One at most: whoever loses a majority of a group's disks loses data. */
    private void destroy(MoveNode node) {
        boolean isFirst = cluster.nodes.stream().noneMatch(other -> other.isDestroyed);
        if (isFirst && random.chance(0.3) && placeable() > 1 && !isAnyGroupSmall()) {
            cluster.destroy(node);
        }
    }

    private boolean isAnyGroupSmall() {
        for (int p = 0; p < cluster.partitions; p++) {
            Configuration latest = cluster.oracle.latest(cluster.partition(p));
            if (latest.isJoint() || latest.voters().size() < MoveCluster.REPLICATION) {
                return true;
            }
        }
        return false;
    }

    private void calm() {
        isCalm = true;
        cluster.isRough = false;
        cluster.mend();
        cluster.nodes.forEach(cluster::boot);
    }

    private void settle() {
        long end = cluster.scheduler.nowMillis() + CALM_MILLIS;
        String left = whatIsLeft();
        while (left != null) {
            if (cluster.scheduler.nowMillis() > end) {
                throw new AssertionError(left + cluster.describe());
            }
            cluster.scheduler.advanceMillis(250);
            left = whatIsLeft();
        }
        cluster.oracle.checkBlocks();
    }

    private @Nullable String whatIsLeft() {
        for (int p = 0; p < cluster.partitions; p++) {
            String left = whatIsLeft(cluster.partition(p));
            if (left != null) {
                return left;
            }
        }
        return null;
    }

    private @Nullable String whatIsLeft(PartitionId partition) {
        Configuration latest = cluster.oracle.latest(partition);
        List<NodeId> desired = cluster.placement(partition, cluster.trueDirectory(), Set.of());
        Set<NodeId> members = latest.members().stream().map(Member::node).collect(Collectors.toSet());
        boolean asDesired = members.containsAll(desired) && members.stream().allMatch(node -> belongs(node, desired));
        if (latest.isJoint() || !asDesired) {
            return partition + " has other members than it should";
        }
        int voters = desired.size() - (desired.size() + 1) % 2;
        if (latest.voters().size() < voters) {
            return partition + " has too few voters";
        }
        for (MoveNode node : cluster.nodes) {
            SimCopy copy = node.disk.get(partition);
            if (copy != null && !copy.isBuried && !latest.members().contains(copy.self())) {
                return node + " still has a copy of " + partition;
            }
        }
        return isWellLed(partition, latest, desired) ? null : partition + " is led by another than it should";
    }

    /** Where too few nodes are left, voters that are to go stay. */
    private boolean belongs(NodeId node, List<NodeId> desired) {
        return desired.contains(node) || desired.size() < MoveCluster.REPLICATION;
    }

    private boolean isWellLed(PartitionId partition, Configuration latest, List<NodeId> desired) {
        for (NodeId node : desired) {
            Member member = latest.memberOf(node);
            if (member != null && latest.isVoter(member)) {
                SimReplica replica = cluster.node(node).replica(partition);
                return replica != null && replica.leads();
            }
        }
        return true;
    }
}
