package io.chordata.node.founding;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Vote;
import org.jspecify.annotations.Nullable;

/**
 * What a question does to the ballot of the node that is asked, and what a round of answers allows: the whole of the agreement
 * between nodes without a cluster. {@link FoundingProcess} says what it is good for. The rules are methods of their own so
 * that each can be taken out, to see that the simulation notices.
 */
interface VoteRules {
    VoteRules ALL = new VoteRules() {};

    /** The ballot that must be durable before {@code question} is answered with it; the same one if nothing changes. */
    default Ballot after(Ballot own, NodeId from, Question question) {
        Vote kept = isGivenUp(own, from, question) ? null : own.vote();
        Vote intent = intentOf(own, from, question);
        Vote vote = intent != null && mayPromise(own, kept, intent) ? intent : kept;
        return isSame(vote, own.vote()) ? own : own.voting(vote);
    }

    /**
     * The founder itself stands for something else now, on a later ballot than the one that the promise was made for. It never
     * comes back to that intent, as each has a new cluster id. An earlier ballot says nothing: it was held up on its way.
     */
    default boolean isGivenUp(Ballot own, NodeId from, Question question) {
        Vote promised = own.vote();
        return promised != null
                && own.isPromise()
                && promised.founder().equals(from)
                && question.number() > promised.number()
                && (question.vote() == null || !question.vote().agreesWith(promised));
    }

    private static @Nullable Vote intentOf(Ballot own, NodeId from, Question question) {
        Vote vote = question.vote();
        boolean isIntent = vote != null && vote.founder().equals(from) && !from.equals(own.node());
        return isIntent ? vote : null;
    }

    /** Of two that intend to found, the one with the larger cluster id gives way. */
    default boolean mayPromise(Ballot own, @Nullable Vote kept, Vote intent) {
        return kept == null || own.isIntent() && intent.cluster().compareTo(kept.cluster()) < 0;
    }

    /** Nothing has changed on the ballot since the seeds were told of it. */
    default boolean isCurrent(Ballot own, Round round) {
        return round.question().equals(Question.with(own));
    }

    /** Every seed has promised, within one round. */
    default boolean mayFound(Ballot own, Round round) {
        return own.vote() != null && own.isIntent() && round.isPromised(own.vote());
    }

    /** No seed stands for anybody, or is silent: it may stand for somebody. */
    default boolean mayIntend(Ballot own, Round round) {
        return own.vote() == null && round.isClean();
    }

    private static boolean isSame(@Nullable Vote one, @Nullable Vote other) {
        return one == null || other == null ? one == other : one.agreesWith(other);
    }
}
