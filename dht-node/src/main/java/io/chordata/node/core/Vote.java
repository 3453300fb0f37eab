package io.chordata.node.core;

/**
 * For whom a node without a cluster stands: that {@code founder} founds {@code cluster}. The founder's own vote is its
 * intent; that of another node is its promise not to stand for anybody else.
 *
 * @param cluster a new id, never used in another intent
 * @param number of the founder's ballot that held the intent ({@link Ballot#number})
 */
public record Vote(ClusterId cluster, NodeId founder, long number) {
    public Vote {
        if (cluster.isNone()) {
            throw new IllegalArgumentException("a vote names a cluster");
        }
        if (number < 1) {
            throw new IllegalArgumentException("ballots with a vote are numbered from 1, got " + number);
        }
    }

    /** Whether both are for the same. */
    public boolean agreesWith(Vote other) {
        return cluster.equals(other.cluster) && founder.equals(other.founder);
    }
}
