package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeId;

/**
 * A node as member of a group, for one stay in it.
 *
 * @param tenure index of the log entry that added it; 0 for those who founded the group. A node that was removed and comes
 *     back has another one, so that nothing said under the earlier counts under the later
 */
public record Member(NodeId node, long tenure) implements Comparable<Member> {
    public Member {
        if (tenure < 0) {
            throw new IllegalArgumentException("tenure must not be negative, got " + tenure);
        }
    }

    @Override
    public int compareTo(Member other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compare(tenure, other.tenure);
    }

    @Override
    public String toString() {
        return node + "/" + tenure;
    }
}
