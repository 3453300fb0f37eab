package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a group, as of one entry of its log. While it is joint (Raft, section 6), what a majority must agree to needs
 * a majority of {@code voters} and one of {@code outgoing}. It holds from the moment it is in a replica's log, committed
 * or not. A node is in it once, but for one that lost what it held as a voter: until it votes under the tenure in which it comes
 * back, its seat is kept by the one before, in which nobody acts any more, so that as many have to agree as ever.
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
        TreeMap<NodeId, Member> votes = oneOfEach(voters);
        TreeMap<NodeId, Member> leaves = oneOfEach(outgoing);
        TreeMap<NodeId, Member> learns = oneOfEach(learners);
        votes.forEach((node, voter) -> requireNoEarlier(voter, leaves.get(node), voter.equals(leaves.get(node))));
        learns.forEach((node, learner) -> {
            requireNoEarlier(learner, votes.get(node), false);
            requireNoEarlier(learner, leaves.get(node), false);
        });
    }

    private static TreeMap<NodeId, Member> oneOfEach(List<Member> members) {
        TreeMap<NodeId, Member> byNode = new TreeMap<>();
        for (Member member : members) {
            Member other = byNode.put(member.node(), member);
            if (other != null) {
                throw new IllegalArgumentException(other + " and " + member + " are one node");
            }
        }
        return byNode;
    }

    private static void requireNoEarlier(Member member, @Nullable Member seat, boolean isSame) {
        if (seat != null && !isSame && seat.tenure() >= member.tenure()) {
            throw new IllegalArgumentException(seat + " and " + member + " are one node");
        }
    }

    /** Whether a voter's node is to come back in a later tenure: the voter does nothing any more. */
    public boolean isDead(Member voter) {
        Member newest = memberOf(voter.node());
        return newest != null && newest.tenure() > voter.tenure();
    }

    /**
     * How many voters are to campaign before {@code self} does once {@code leader} is gone.
     *
     * @param turn with whom the line begins; all members count it alike
     */
    int placeInLine(Member self, @Nullable Member leader, long turn) {
        TreeSet<Member> line = new TreeSet<>(voters);
        line.addAll(outgoing);
        line.removeIf(voter -> voter.equals(leader) || isDead(voter));
        int place = line.headSet(self).size();
        return line.contains(self) ? (int) Math.floorMod(place - turn, (long) line.size()) : line.size();
    }

    public boolean isJoint() {
        return !outgoing.isEmpty();
    }

    /** Whether it votes, be it as outgoing or as remaining. */
    public boolean isVoter(Member member) {
        return voters.contains(member) || outgoing.contains(member);
    }

    /** Whether those who agree are enough: a majority of the voters, and while joint one of each of the two sets. */
    public boolean isMajority(Predicate<Member> agrees) {
        return Quorum.isReached(this, agrees);
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

    /** In its newest tenure. */
    public @Nullable Member memberOf(NodeId node) {
        Member newest = null;
        for (Member member : members()) {
            if (member.node().equals(node) && (newest == null || newest.tenure() < member.tenure())) {
                newest = member;
            }
        }
        return newest;
    }
}
