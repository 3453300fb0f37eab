package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.List;

/**
 * The decisions of movement, each by itself and without side effects, so that a test can take one out and show that it is
 * missed.
 */
interface MoveRules {
    MoveRules DESIGN = new MoveRules() {};

    /** No move for a placement that may be gone again in a moment. */
    default boolean isSteady(long unchangedMillis, long steadyMillis) {
        return unchangedMillis >= steadyMillis;
    }

    /** Whether a newcomer takes part: it sees the ring as the leader does, or one of the two is wrong. */
    default boolean agrees(Desired own, List<NodeId> asked) {
        return own.isSameAs(asked);
    }

    /** Whether one more move fits. */
    default boolean hasRoom(int underWay, int max) {
        return underWay < max;
    }

    /** Whether a member that is down gives way, by what this leader itself saw since it was elected. */
    default boolean isReplaceable(long downMillis, long replaceAfterMillis, boolean braked) {
        return downMillis >= replaceAfterMillis && !braked;
    }

    /** Whether a learner may vote: else a group could be without a majority that has what was committed. */
    default boolean isClose(boolean isReplicating, long match, long last, long closeEntries) {
        return isReplicating && last - match <= closeEntries;
    }

    /** Whether the bulk of the blocks must be there before a learner may vote. */
    default boolean isBackfillNeeded() {
        return true;
    }

    /** A joint configuration may be left once all that was listed for it was brought to most of those who remain. */
    default boolean mayLeave(long settledIndex, long jointIndex) {
        return settledIndex == jointIndex;
    }

    /** Whether a change of voters is taken back as a newcomer died. */
    default boolean returnsFrom(NodeCondition newcomer) {
        return !newcomer.isUp();
    }

    /** Whether a committed configuration shows that a member is one no more. While joint, the old voters may yet stay. */
    default boolean isRemoved(Configuration committed, Member member) {
        return !committed.isJoint() && !committed.members().contains(member);
    }

    /** Whether what is decided in one generation says anything of a copy of the other: their tenures are not the same ones. */
    default boolean isOfGeneration(long decided, long copy) {
        return decided == copy;
    }

    /** Whether a group may be handed over by choice. */
    default boolean mayHandOver(long leadingMillis, long leaderPauseMillis, long healthyMillis, long healthyMinMillis) {
        return leadingMillis >= leaderPauseMillis && healthyMillis >= healthyMinMillis;
    }
}
