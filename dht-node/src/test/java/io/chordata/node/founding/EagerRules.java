package io.chordata.node.founding;

import io.chordata.node.core.Ballot;

/**
 * Forms an intent at once, whatever the others do: so there are many at a time, and the other rules have work. They must do
 * without the patience of {@link VoteRules#mayIntend}, which only makes such contests rare.
 */
interface EagerRules extends VoteRules {
    EagerRules ALL_BUT_PATIENCE = new EagerRules() {};

    @Override
    default boolean mayIntend(Ballot own, Round round) {
        return own.vote() == null;
    }
}
