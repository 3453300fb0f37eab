package io.chordata.node.core;

import org.jspecify.annotations.Nullable;

/**
 * What a node without a cluster must not forget, lest two clusters are founded where one is meant.
 *
 * @param node its id, also when it has founded or joined
 * @param number rises with each change of the vote, from 0 for a node that never voted
 */
public record Ballot(NodeId node, long number, @Nullable Vote vote) {
    public Ballot {
        if (number < 0 || number == 0 && vote != null) {
            throw new IllegalArgumentException("ballot number " + number + " with vote " + vote);
        }
        if (vote != null && vote.founder().equals(node) && vote.number() != number) {
            throw new IllegalArgumentException("an intent of ballot " + number + " says " + vote.number());
        }
    }

    /** Of a node that never voted. */
    public static Ballot blank(NodeId node) {
        return new Ballot(node, 0, null);
    }

    /** The next ballot, on which the node intends to found the cluster itself. */
    public Ballot intending(ClusterId cluster) {
        return new Ballot(node, number + 1, new Vote(cluster, node, number + 1));
    }

    /** The next ballot, with another node's intent or none. */
    public Ballot voting(@Nullable Vote other) {
        return new Ballot(node, number + 1, other);
    }

    /** Whether the node means to found a cluster itself. */
    public boolean isIntent() {
        return vote != null && vote.founder().equals(node);
    }

    /** Whether the node has promised to let another found. */
    public boolean isPromise() {
        return vote != null && !isIntent();
    }
}
