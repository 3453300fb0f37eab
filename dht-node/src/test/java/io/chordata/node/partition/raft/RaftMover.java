package io.chordata.node.partition.raft;

import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;

/** Changes the members of a simulated group by chance, through whoever takes itself for the leader. */
final class RaftMover {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RaftCluster cluster;
    private final SimRandom random;
    private final int pauseMaxMillis;
    private boolean isFinishing;

    RaftMover(RaftCluster cluster, int pauseMaxMillis) {
        this.cluster = cluster;
        this.random = cluster.random.fork();
        this.pauseMaxMillis = pauseMaxMillis;
        cluster.onRemoved(this::orderToWipe);
    }

    /** From now on it begins nothing new. */
    void finish() {
        isFinishing = true;
    }

    void start() {
        cluster.scheduler.after(random.nextLong(0, pauseMaxMillis * NANOS_PER_MILLI), () -> {
            for (RaftNode node : cluster.nodes) {
                RaftReplica replica = node.replica();
                if (replica != null && replica.leads() && !node.isPaused()) {
                    move(replica);
                }
            }
            start();
        });
    }

    private void move(RaftReplica replica) {
        Configuration current = replica.group().view().configuration();
        if (current.isJoint()) {
            change(replica, random.chance(0.7) ? new Change.LeaveJoint() : new Change.ReturnFromJoint());
        } else if (!isFinishing) {
            begin(replica, current);
        }
    }

    private void begin(RaftReplica replica, Configuration current) {
        switch (random.nextInt(5)) {
            case 0, 1 -> change(replica, new Change.AddLearner(anyNode().id));
            case 2 ->
                change(
                        replica,
                        new Change.RemoveLearner(
                                anyOf(current.learners().isEmpty() ? current.members() : current.learners())));
            case 3 -> change(replica, new Change.EnterJoint(anyOddOf(current.members())));
            default -> handOver(replica, anyOf(current.voters()));
        }
    }

    /** Most are refused: nobody here knows better. */
    private void change(RaftReplica replica, Change change) {
        RaftGroup group = replica.group();
        if (group.refusal(change) == null) {
            replica.turn(() -> group.change(change));
        } else if (random.chance(0.1)) {
            replica.turn(() -> insist(group, change));
        }
    }

    private static void insist(RaftGroup group, Change change) {
        try {
            group.change(change);
            throw new AssertionError(change + " was refused, and is made");
        } catch (IllegalStateException refused) {
            // as it must be
        }
    }

    private void handOver(RaftReplica replica, Member voter) {
        replica.turn(() -> replica.group().handOver(voter));
    }

    private RaftNode anyNode() {
        return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    }

    private Member anyOf(List<Member> members) {
        return members.get(random.nextInt(members.size()));
    }

    private List<Member> anyOddOf(List<Member> members) {
        List<Member> left = new ArrayList<>(members);
        int size = 1 + 2 * random.nextInt((members.size() + 1) / 2);
        while (left.size() > size) {
            left.remove(random.nextInt(left.size()));
        }
        return left;
    }

    /** The order names the history in which the member is none any more. */
    private void orderToWipe(Member gone, long generation) {
        RaftNode node = cluster.node(gone);
        long delayMillis = random.nextInt(random.chance(0.5) ? 100 : 10_000);
        cluster.scheduler.after(delayMillis * NANOS_PER_MILLI, () -> node.wipe(gone, generation));
    }
}
