package io.chordata.node.founding;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Vote;
import org.jspecify.annotations.Nullable;

/** {@link EagerRules}, each with one of them taken out. */
enum VoteMutant {
    PROMISES_TO_ALL(new EagerRules() {
        @Override
        public boolean mayPromise(Ballot own, @Nullable Vote kept, Vote intent) {
            return true;
        }
    }),
    PROMISES_TO_THE_SMALLEST_THOUGH_PROMISED(new EagerRules() {
        @Override
        public boolean mayPromise(Ballot own, @Nullable Vote kept, Vote intent) {
            return kept == null || intent.cluster().compareTo(kept.cluster()) < 0;
        }
    }),
    NEVER_GIVES_WAY(new EagerRules() {
        @Override
        public boolean mayPromise(Ballot own, @Nullable Vote kept, Vote intent) {
            return kept == null;
        }
    }),
    NEVER_GIVES_A_PROMISE_BACK(new EagerRules() {
        @Override
        public boolean isGivenUp(Ballot own, NodeId from, Question question) {
            return false;
        }
    }),
    TAKES_AN_OLD_WORD_FOR_NEW(new EagerRules() {
        @Override
        public boolean isGivenUp(Ballot own, NodeId from, Question question) {
            return EagerRules.super.isGivenUp(own, from, new Question(Long.MAX_VALUE, question.vote()));
        }
    }),
    FOUNDS_ON_AN_OLD_BALLOT(new EagerRules() {
        @Override
        public boolean isCurrent(Ballot own, Round round) {
            return true;
        }

        @Override
        public boolean mayFound(Ballot own, Round round) {
            Vote asked = round.question().vote();
            return own.vote() != null && asked != null && asked.founder().equals(own.node()) && round.isPromised(asked);
        }
    }),
    FOUNDS_WITH_THOSE_WHO_ANSWER(new EagerRules() {
        @Override
        public boolean mayFound(Ballot own, Round round) {
            return own.isIntent() && round.describe().contains("stands for node " + own.node());
        }
    }),
    FOUNDS_WITHOUT_PROMISES(new EagerRules() {
        @Override
        public boolean mayFound(Ballot own, Round round) {
            return own.isIntent();
        }
    });

    private final VoteRules rules;

    VoteMutant(VoteRules rules) {
        this.rules = rules;
    }

    VoteRules rules() {
        return rules;
    }
}
