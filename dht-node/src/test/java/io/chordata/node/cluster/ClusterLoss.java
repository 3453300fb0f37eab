package io.chordata.node.cluster;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.force.Recovery;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * While all is well, so many machines are gone for ever that some groups have no majority left: an operator has these go on by
 * force. As all copies were alike, nothing is lost by it.
 */
final class ClusterLoss {
    private static final long RECOVERED_MILLIS_MAX = 120_000;
    private static final int MOURNING_MILLIS_MAX = 2_000;
    private static final double CHANCE = 0.7;

    private final Cluster cluster;
    private final ClusterTrouble trouble;
    private final SimRandom random;
    private final List<Machine> lost = new ArrayList<>();

    ClusterLoss(Cluster cluster, ClusterTrouble trouble, SimRandom random) {
        this.cluster = cluster;
        this.trouble = trouble;
        this.random = random;
    }

    /** Returns whether it came to that; then all that had lost its majority goes on, and there is room for all copies elsewhere. */
    boolean happens() {
        int replicas = cluster.placement.replicas();
        int fatal = replicas / 2 + 1;
        List<Machine> left = new ArrayList<>(cluster.present());
        boolean isPossible = replicas >= 3
                && left.size() >= fatal + replicas
                && left.stream().allMatch(machine -> machine.isIn);
        if (!isPossible || !random.chance(CHANCE)) {
            return false;
        }
        while (lost.size() < fatal) {
            lost.add(left.remove(random.nextInt(left.size())));
        }
        Set<PartitionId> orphaned = orphaned(left);
        for (Machine machine : lost) {
            trouble.count(ClusterFault.LOST_FOR_EVER);
            machine.isIn = false;
            machine.isGone = true;
            machine.losePower();
        }
        cluster.run(random.nextInt(MOURNING_MILLIS_MAX));
        cluster.partitions().forEach(partition -> recover(partition, orphaned.contains(partition)));
        return true;
    }

    /** The groups that cannot decide anything without others. */
    private Set<PartitionId> orphaned(List<Machine> left) {
        Set<NodeId> nodes = new TreeSet<>();
        left.forEach(machine -> nodes.add(machine.id));
        Set<PartitionId> orphaned = new TreeSet<>();
        for (PartitionId partition : cluster.partitions()) {
            Machine leader = cluster.leaderOf(partition);
            Standing standing = leader == null ? null : leader.standing(partition);
            if (standing == null) {
                throw new AssertionError(partition + " has no leader, though all is well");
            }
            if (!standing.committed().isMajority(member -> nodes.contains(member.node()))) {
                orphaned.add(partition);
            }
        }
        return orphaned;
    }

    /** As an operator does it: again, until it is done, at any node. */
    private void recover(PartitionId partition, boolean isOrphaned) {
        Attempt attempt = new Attempt(partition);
        cluster.await("the recovery of " + partition, RECOVERED_MILLIS_MAX, attempt::isOver);
        if (attempt.hasBegun() != isOrphaned) {
            throw new AssertionError(partition + " was recovered by force: " + attempt.last + ", but without " + lost
                    + (isOrphaned ? " it has no majority" : " it has one"));
        }
    }

    private final class Attempt {
        private final PartitionId partition;
        private @Nullable Machine asked;
        private Recovery.@Nullable Outcome last;

        Attempt(PartitionId partition) {
            this.partition = partition;
        }

        boolean isOver() {
            if (last != null && (last.isBegun() || isDecidedByItself())) {
                return true;
            }
            if (asked == null || last != null) {
                last = null;
                asked = cluster.present().get(random.nextInt(cluster.present().size()));
                asked.process().recover(partition, nodes(), ids(lost), outcome -> last = outcome);
            }
            return false;
        }

        private boolean isDecidedByItself() {
            return last != null && String.valueOf(last.refusal()).contains("goes on by itself");
        }

        /** Who did not hear that it was done, and asks again, is told that there is nothing to do. */
        boolean hasBegun() {
            return last != null
                    && (last.isBegun()
                            || last.survey().answers().values().stream()
                                    .anyMatch(remains -> remains.generation() != Generations.FIRST));
        }
    }

    private List<NodeId> nodes() {
        List<NodeId> nodes = ids(cluster.present());
        nodes.addAll(ids(lost));
        return nodes;
    }

    private static List<NodeId> ids(List<Machine> machines) {
        List<NodeId> ids = new ArrayList<>();
        machines.forEach(machine -> ids.add(machine.id));
        return ids;
    }

    /** They were not gone after all, and have their disks. */
    void proveWrong() {
        for (Machine machine : lost) {
            trouble.count(ClusterFault.FOUND_AGAIN);
            machine.isGone = false;
            machine.boot();
        }
    }
}
