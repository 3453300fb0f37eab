package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Whether this start has to go because of what others say against it. Hearsay does not count while anybody answers this node,
 * and takes it for what it is by that. A refusal counts from the second node on, or where none but the refusing one answers: one
 * that is wrong must not end the others.
 */
final class Doubts {
    /** In each of which some node is probed: for so many an answer counts. */
    private static final int ANSWERED_PERIODS = 5;

    private final Parts parts;
    private @Nullable NodeId refuser;
    private @Nullable NodeId answerer;
    private long answeredMillis;
    private @Nullable NodeId otherAnswerer;
    private long otherAnsweredMillis;

    Doubts(Parts parts) {
        this.parts = parts;
    }

    /** The node answered a question of this one. */
    void onAnswer(NodeId node) {
        if (!node.equals(answerer)) {
            otherAnswerer = answerer;
            otherAnsweredMillis = answeredMillis;
            answerer = node;
        }
        answeredMillis = parts.agenda().now();
    }

    boolean isAnswered() {
        return answerer != null && isLately(answeredMillis);
    }

    /** Whether that makes it certain. */
    boolean onRefusal(NodeId by) {
        boolean isSecond = refuser != null && !refuser.equals(by);
        refuser = by;
        return isSecond || !isAnsweredByOtherThan(by);
    }

    private boolean isAnsweredByOtherThan(NodeId node) {
        return node.equals(answerer) ? otherAnswerer != null && isLately(otherAnsweredMillis) : isAnswered();
    }

    private boolean isLately(long millis) {
        long window = parts.health().scale(ANSWERED_PERIODS * parts.options().probePeriodMillis());
        return parts.agenda().now() - millis <= window;
    }
}
