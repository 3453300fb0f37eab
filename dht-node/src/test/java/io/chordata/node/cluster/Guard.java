package io.chordata.node.cluster;

import io.chordata.node.history.Condition;
import io.chordata.node.object.WriteConditions;

/** One condition, as the oracles know it and as a request carries it. */
record Guard(Condition condition, WriteConditions conditions) {
    static final Guard NONE = new Guard(Condition.NONE, WriteConditions.NONE);
    static final Guard IF_NONE_MATCH = new Guard(Condition.IF_NONE_MATCH, new WriteConditions(null, true));
    static final Guard IF_MATCH_ANY = new Guard(Condition.IF_MATCH_ANY, new WriteConditions("*", false));

    static Guard ifMatch(String eTag) {
        return new Guard(Condition.ifMatch(eTag), new WriteConditions(eTag, false));
    }
}
