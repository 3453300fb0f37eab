package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a group, as of one entry of its log. While it is joint (Raft, section 6), what a majority must agree to needs
 * a majority of {@code voters} and one of {@code outgoing}. It holds from the moment it is in a replica's log, committed
 * or not.
 *
 * @param index of its log entry; 0 for the one with which the group was founded
 * @param voters an odd number, in order; while joint those who are to remain
 * @param outgoing the voters before; empty unless joint
 * @param learners get the log and count nowhere; in order
 */
public record Configuration(long index, List<Member> voters, List<Member> outgoing, List<Member> learners) {
    public Configuration {
        voters = sorted(voters);
        outgoing = sorted(outgoing);
        learners = sorted(learners);
        requireOdd(voters.size(), "voters");
        if (!outgoing.isEmpty()) {
            requireOdd(outgoing.size(), "outgoing voters");
        }
        requireOneTenureEach(voters, outgoing, learners);
    }

    /** That of a new group, whose only voter is {@code founder}. */
    public static Configuration founding(NodeId founder) {
        return new Configuration(0, List.of(new Member(founder, 0)), List.of(), List.of());
    }

    private static List<Member> sorted(Collection<Member> members) {
        return List.copyOf(new TreeSet<>(members));
    }

    private static void requireOdd(int count, String what) {
        if (count % 2 == 0) {
            throw new IllegalArgumentException("a group has an odd number of " + what + ", got " + count);
        }
    }

    private static void requireOneTenureEach(List<Member> voters, List<Member> outgoing, List<Member> learners) {
        TreeMap<NodeId, Member> byNode = new TreeMap<>();
        List<Member> voting = new ArrayList<>(voters);
        voting.addAll(outgoing);
        for (Member member : voting) {
            Member other = byNode.putIfAbsent(member.node(), member);
            if (other != null && !other.equals(member)) {
                throw new IllegalArgumentException(other + " and " + member + " are one node");
            }
        }
        for (Member learner : learners) {
            Member other = byNode.putIfAbsent(learner.node(), learner);
            if (other != null) {
                throw new IllegalArgumentException(other + " and learner " + learner + " are one node");
            }
        }
    }

    public boolean isJoint() {
        return !outgoing.isEmpty();
    }

    /** Whether it votes, be it as outgoing or as remaining. */
    public boolean isVoter(Member member) {
        return voters.contains(member) || outgoing.contains(member);
    }

    public boolean isLearner(Member member) {
        return learners.contains(member);
    }

    /** All, each once, in order. */
    public List<Member> members() {
        TreeSet<Member> members = new TreeSet<>(voters);
        members.addAll(outgoing);
        members.addAll(learners);
        return List.copyOf(members);
    }

    public @Nullable Member memberOf(NodeId node) {
        for (Member member : members()) {
            if (member.node().equals(node)) {
                return member;
            }
        }
        return null;
    }
}
