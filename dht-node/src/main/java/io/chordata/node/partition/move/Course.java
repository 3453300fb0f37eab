package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The next step from a configuration towards desired members. Voters are exchanged one for one, or two are added: so most of
 * the old ones are most of the new ones too, and a newcomer that dies stops nobody. There are never fewer voters than before,
 * however few nodes are left: one that is gone for ever stays on paper until somebody can take its place. Where the desired
 * members are an even number the last of them is a learner, with a full copy and no vote. A node whose voter is lost takes the seat
 * of that one and no other: it cannot have two.
 *
 * @param superfluous learners that are not desired
 * @param wanted nodes that are to be learners now: those who vote next, and those who stay learners
 * @param entering who of {@code wanted} votes next
 * @param leaver the voter that goes for it; null if none does
 */
record Course(
        List<Member> superfluous,
        List<NodeId> wanted,
        List<NodeId> entering,
        @Nullable Member leaver) {
    private static final int GROWTH = 2;

    /**
     * @param desired in order
     * @param isLost whether a voter's node lost what it held as such: it gives its seat to the tenure in which it comes back
     * @param mayLeave whether a voter that is not desired may go
     * @param condition of nodes
     * @param refuses whether a node said lately that it does not come
     */
    static Course of(
            Configuration current,
            List<NodeId> desired,
            Predicate<Member> isLost,
            Predicate<Member> mayLeave,
            Function<NodeId, NodeCondition> condition,
            Predicate<NodeId> refuses,
            Member self) {
        List<Member> voting = current.voters();
        List<Member> leaving = voting.stream()
                .filter(voter -> isLost.test(voter) || !desired.contains(voter.node()))
                .toList();
        int goal = desired.size() - (desired.size() + 1) % 2;
        int size = Math.max(goal, voting.size());
        List<NodeId> others = new ArrayList<>(desired);
        others.removeAll(nodes(voting.stream().filter(isLost.negate()).toList()));
        others.sort(Comparator.comparingInt(node -> rank(current, node, condition.apply(node), refuses.test(node))));
        int open = Math.min(others.size(), size - (voting.size() - leaving.size()));
        List<NodeId> incoming = others.subList(0, open);
        boolean grows = voting.size() < goal;
        List<NodeId> first = List.copyOf(incoming.subList(0, Math.min(grows ? GROWTH : 1, open)));
        Member renewed = voting.stream()
                .filter(voter -> first.contains(voter.node()))
                .findFirst()
                .orElse(null);
        Member leaver = renewed != null || grows
                ? renewed
                : leaving.stream()
                        .filter(isLost)
                        .findFirst()
                        .orElseGet(() -> leaver(leaving, mayLeave, condition, self));
        List<NodeId> entering = grows || leaver != null ? first : List.of();
        List<NodeId> next = renewed != null ? List.of(renewed.node()) : entering;
        List<NodeId> wanted = new ArrayList<>(next);
        wanted.addAll(others.subList(open, others.size()));
        List<Member> superfluous = current.learners().stream()
                .filter(learner -> !desired.contains(learner.node()))
                .toList();
        return new Course(superfluous, List.copyOf(wanted), next, next.isEmpty() ? null : leaver);
    }

    private static List<NodeId> nodes(List<Member> members) {
        return members.stream().map(Member::node).toList();
    }

    /** Who is up comes first, then who is a learner already, and last who refuses: the others need not wait for that one. */
    private static int rank(Configuration current, NodeId node, NodeCondition condition, boolean refuses) {
        boolean isMember = current.memberOf(node) != null;
        return (condition == NodeCondition.ALIVE ? 0 : 4) + (isMember ? 0 : refuses ? 2 : 1);
    }

    /** Who is down goes first, then who drains; the leader last, as it is the one to see the move through. */
    private static @Nullable Member leaver(
            List<Member> leaving, Predicate<Member> mayLeave, Function<NodeId, NodeCondition> condition, Member self) {
        Comparator<Member> order = Comparator.<Member>comparingInt(member -> leaveRank(condition.apply(member.node())))
                .thenComparing(member -> member.equals(self))
                .thenComparing(Comparator.naturalOrder());
        return leaving.stream().filter(mayLeave).min(order).orElse(null);
    }

    private static int leaveRank(NodeCondition condition) {
        return switch (condition) {
            case DOWN, GONE -> 0;
            case DRAINING -> 1;
            case ALIVE, SUSPECT -> 2;
        };
    }

    /** The voters of the next configuration; null while not all of them are members. */
    @Nullable
    List<Member> nextVoters(Configuration current) {
        if (entering.isEmpty()) {
            return null;
        }
        Set<Member> voters = new TreeSet<>(current.voters());
        if (leaver != null) {
            voters.remove(leaver);
        }
        for (NodeId node : entering) {
            Member learner = current.memberOf(node);
            if (learner == null || !current.isLearner(learner)) {
                return null;
            }
            voters.add(learner);
        }
        return voters.size() % 2 == 0 ? null : List.copyOf(voters);
    }
}
