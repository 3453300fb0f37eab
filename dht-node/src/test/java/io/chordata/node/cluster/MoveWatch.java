package io.chordata.node.cluster;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sees how leaders move their groups, and whether each group is where it should be. */
final class MoveWatch {
    private static final long LOOK_MILLIS = 100;

    private final Cluster cluster;
    private final Map<PartitionId, List<Member>> voters = new TreeMap<>();
    private long changes;

    MoveWatch(Cluster cluster) {
        this.cluster = cluster;
    }

    void begin() {
        cluster.scheduler.afterMillis(LOOK_MILLIS, () -> {
            cluster.partitions().forEach(this::lookAt);
            begin();
        });
    }

    private void lookAt(PartitionId partition) {
        Machine leader = cluster.leaderOf(partition);
        Standing standing = leader == null ? null : leader.standing(partition);
        if (standing != null && !standing.committed().isJoint()) {
            List<Member> now = standing.committed().voters();
            List<Member> before = voters.put(partition, now);
            changes += before == null || before.equals(now) ? 0 : 1;
        }
    }

    /** How often a group got other voters. */
    long changes() {
        return changes;
    }

    /** Whether each group has the members that it should have, and nobody else. */
    boolean areDone() {
        return cluster.partitions().stream().allMatch(this::isDone);
    }

    private boolean isDone(PartitionId partition) {
        Machine leader = cluster.leaderOf(partition);
        Standing standing = leader == null ? null : leader.standing(partition);
        return standing != null
                && standing.isConfigurationSynced()
                && isAsDesired(standing.configuration(), cluster.placement.desired(partition));
    }

    /** Voters are odd in number: of an even number one stays a learner, unless it was a voter before. */
    private static boolean isAsDesired(Configuration now, List<NodeId> desired) {
        if (now.isJoint()) {
            return false;
        }
        Set<NodeId> members = new TreeSet<>();
        now.members().forEach(member -> members.add(member.node()));
        return members.equals(new TreeSet<>(desired)) && now.learners().size() == 1 - desired.size() % 2;
    }
}
