package io.chordata.node.block.replica;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes the group's voters one by one, as a mover does: learner, joint, settled, left; or back. */
final class ScriptedMoves {
    private static final int SETTLES_MAX = 8;

    private final BlockWorld world;
    private final SimRandom random;
    private State state = State.IDLE;
    private @Nullable NodeId newcomer;
    private @Nullable Member leaving;
    private boolean settling;
    private int settles;
    private long moved;
    private long returned;

    private enum State {
        IDLE,
        LEARNING,
        JOINT,
        LEAVING,
        RETURNING,
        REMOVING
    }

    ScriptedMoves(BlockWorld world) {
        this.world = world;
        this.random = world.scheduler().random().fork();
    }

    boolean isIdle() {
        return state == State.IDLE && isCommitted();
    }

    long moved() {
        return moved;
    }

    long returned() {
        return returned;
    }

    private ScriptedGroup group() {
        return world.group();
    }

    private boolean isCommitted() {
        return group().committed() >= group().configuration().index();
    }

    /** Does the next thing, if its time has come. */
    void step(boolean mayBegin) {
        if (!isCommitted()) {
            return;
        }
        switch (state) {
            case IDLE -> {
                if (mayBegin) {
                    begin();
                }
            }
            case LEARNING -> enterJoint();
            case JOINT -> settle();
            case LEAVING -> {
                moved++;
                state = State.IDLE;
            }
            case RETURNING -> removeLearner();
            case REMOVING -> {
                returned++;
                state = State.IDLE;
            }
        }
    }

    private void begin() {
        List<BlockNode> outside = world.nodes().stream()
                .filter(node -> node.isUp() && group().configuration().memberOf(node.id()) == null)
                .toList();
        if (!outside.isEmpty()) {
            newcomer = outside.get(random.nextInt(outside.size())).id();
            List<Member> voters = group().configuration().voters();
            leaving = voters.get(random.nextInt(voters.size()));
            group().change(new Change.AddLearner(newcomer));
            state = State.LEARNING;
        }
    }

    private void enterJoint() {
        Member learner = Objects.requireNonNull(group().configuration().memberOf(Objects.requireNonNull(newcomer)));
        BlockNode leader = leader();
        if (leader != null && random.chance(0.5)) {
            Configuration now = group().configuration();
            leader.run(() -> leader.blocks().moves().backfill(BlockNode.PARTITION, now, learner));
        }
        List<Member> voters = new ArrayList<>(group().configuration().voters());
        voters.remove(leaving);
        voters.add(learner);
        group().change(new Change.EnterJoint(voters));
        settles = 0;
        state = State.JOINT;
    }

    /** Somebody who runs and has the newest configuration, known as committed. */
    private @Nullable BlockNode leader() {
        List<BlockNode> able = world.nodes().stream()
                .filter(node -> {
                    BlockStanding standing = node.isUp() ? node.standing() : null;
                    return standing != null
                            && standing.configuration().equals(group().configuration())
                            && standing.isConfigurationCommitted()
                            && standing.configuration().isVoter(standing.self());
                })
                .toList();
        return able.isEmpty() ? null : able.get(random.nextInt(able.size()));
    }

    private void settle() {
        BlockNode leader = leader();
        if (settling || leader == null) {
            return;
        }
        settling = true;
        Configuration joint = group().configuration();
        boolean[] answered = {false};
        leader.run(() -> leader.blocks().moves().settle(BlockNode.PARTITION, joint))
                .onComplete(done -> {
                    if (!answered[0]) {
                        answered[0] = true;
                        onSettled(joint, done.succeeded());
                    }
                });
        world.scheduler().afterMillis(8_000, () -> {
            if (!answered[0]) {
                answered[0] = true;
                onSettled(joint, false);
            }
        });
    }

    private void onSettled(Configuration joint, boolean done) {
        settling = false;
        if (state != State.JOINT || !group().configuration().equals(joint)) {
            return;
        }
        if (done) {
            group().change(new Change.LeaveJoint());
            state = State.LEAVING;
        } else if (++settles > SETTLES_MAX || random.chance(0.3)) {
            group().change(new Change.ReturnFromJoint());
            state = State.RETURNING;
        }
    }

    private void removeLearner() {
        Member learner = group().configuration().memberOf(Objects.requireNonNull(newcomer));
        if (learner != null && group().configuration().isLearner(learner)) {
            group().change(new Change.RemoveLearner(learner));
        }
        state = State.REMOVING;
    }
}
