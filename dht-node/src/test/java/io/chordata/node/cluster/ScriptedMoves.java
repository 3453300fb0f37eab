package io.chordata.node.cluster;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes each group to the nodes that should keep it, one step at a time, as leaders do; now and then another way round. */
final class ScriptedMoves {
    private static final long PATIENCE_MILLIS = 3_000;

    private final Cluster cluster;
    private final SimRandom random;
    private final Set<PartitionId> underWay = new TreeSet<>();
    private final Map<PartitionId, List<Member>> voters = new TreeMap<>();
    private long changes;
    private boolean straight;

    ScriptedMoves(Cluster cluster, SimRandom random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** Where leaders move their groups themselves it only watches. */
    void begin() {
        cluster.scheduler.afterMillis(20 + random.nextInt(200), () -> {
            cluster.partitions().forEach(this::lookAt);
            begin();
        });
    }

    private void lookAt(PartitionId partition) {
        Machine leader = cluster.leaderOf(partition);
        Standing standing = leader == null ? null : leader.standing(partition);
        if (leader == null || standing == null) {
            return;
        }
        if (!standing.committed().isJoint()) {
            List<Member> now = standing.committed().voters();
            List<Member> before = voters.put(partition, now);
            changes += before == null || before.equals(now) ? 0 : 1;
        }
        if (!cluster.hasMovers) {
            move(partition, leader, standing);
        }
    }

    /** Nothing is taken back from now on. */
    void goStraight() {
        straight = true;
    }

    /** How often a group got other voters. */
    long changes() {
        return changes;
    }

    private void move(PartitionId partition, Machine leader, Standing standing) {
        Change change = next(standing.configuration(), cluster.placement.desired(partition));
        if (change != null && !underWay.contains(partition)) {
            underWay.add(partition);
            NodeStack stack = leader.process().stack();
            leader.process()
                    .loops
                    .ownerOf(partition)
                    .execute(() -> prepare(stack, partition, standing.configuration(), change)
                            .compose(ready -> stack.partitions.change(partition, change))
                            .onComplete(done -> underWay.remove(partition)));
            cluster.scheduler.afterMillis(PATIENCE_MILLIS, () -> underWay.remove(partition));
        }
    }

    /** The blocks go first: to a learner, and to a majority of the new voters. */
    private static Future<Void> prepare(NodeStack stack, PartitionId partition, Configuration now, Change change) {
        if (change instanceof Change.LeaveJoint) {
            return stack.blocks().moves().settle(partition, now);
        }
        if (change instanceof Change.EnterJoint && !now.learners().isEmpty()) {
            return stack.blocks()
                    .moves()
                    .backfill(partition, now, now.learners().get(0))
                    .otherwiseEmpty();
        }
        return Future.succeededFuture();
    }

    /** Whether each group has the voters that it should have, and nobody else. */
    boolean areDone() {
        for (int number = 0; number < cluster.partitioning.count(); number++) {
            PartitionId partition = new PartitionId(number);
            Machine leader = cluster.leaderOf(partition);
            Standing standing = leader == null ? null : leader.standing(partition);
            if (standing == null
                    || next(standing.configuration(), cluster.placement.desired(partition)) != null
                    || !standing.isConfigurationSynced()) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Change next(Configuration now, List<NodeId> desired) {
        if (now.isJoint()) {
            return straight || random.chance(0.9) ? new Change.LeaveJoint() : new Change.ReturnFromJoint();
        }
        List<Member> wanted = new ArrayList<>();
        for (NodeId node : desired) {
            Member member = now.memberOf(node);
            if (member == null) {
                return new Change.AddLearner(node);
            }
            wanted.add(member);
        }
        for (Member learner : now.learners()) {
            if (!desired.contains(learner.node())) {
                return new Change.RemoveLearner(learner);
            }
        }
        return wanted.containsAll(now.voters()) && now.voters().containsAll(wanted)
                ? null
                : new Change.EnterJoint(wanted);
    }
}
