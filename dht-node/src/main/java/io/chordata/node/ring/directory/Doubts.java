package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Whether this start has to go because of what others say against it. Hearsay does not count while anybody answers this node,
 * and takes it for what it is by that. A refusal counts from the second node on, or where none but the refusing one answers: one
 * that is wrong must not end the others.
 */
final class Doubts {
    /**
     * In each of which some node is probed: for so many an answer counts, at least. However long they were: a node that distrusts
     * itself asks less often, and trusts itself again at once.
     */
    private static final int ANSWERED_PERIODS_MIN = 5;

    private long periods;
    private int answeredPeriods = ANSWERED_PERIODS_MIN;
    private @Nullable NodeId refuser;
    private @Nullable NodeId answerer;
    private long answeredPeriod;
    private @Nullable NodeId otherAnswerer;
    private long otherAnsweredPeriod;

    /**
     * The next node is probed. In two rounds each is ({@link ProbeOrder}): whoever invents nodes must not keep this one from asking
     * the others before it believes that none of them answers.
     *
     * @param nodes to be probed in a round
     */
    void onPeriod(int nodes) {
        periods++;
        answeredPeriods = Math.max(ANSWERED_PERIODS_MIN, 2 * nodes);
    }

    /** The node answered a question of this one. */
    void onAnswer(NodeId node) {
        if (!node.equals(answerer)) {
            otherAnswerer = answerer;
            otherAnsweredPeriod = answeredPeriod;
            answerer = node;
        }
        answeredPeriod = periods;
    }

    boolean isAnswered() {
        return answerer != null && isLately(answeredPeriod);
    }

    /** Whether that makes it certain. */
    boolean onRefusal(NodeId by) {
        boolean isSecond = refuser != null && !refuser.equals(by);
        refuser = by;
        return isSecond || !isAnsweredByOtherThan(by);
    }

    private boolean isAnsweredByOtherThan(NodeId node) {
        return node.equals(answerer) ? otherAnswerer != null && isLately(otherAnsweredPeriod) : isAnswered();
    }

    private boolean isLately(long period) {
        return periods - period <= answeredPeriods;
    }
}
