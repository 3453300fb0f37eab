package io.chordata.node.cli;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.PartitionsView.PartitionView;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.List;
import java.util.function.Predicate;

/** What stopping a node would cost the partitions that it keeps. */
final class StopCost {
    private StopCost() {}

    /**
     * Whether some partition would be without a majority: of its voters those who answer are too few without the node. Who is
     * to come back in a later tenure answers for no seat.
     *
     * @param isUp whether another node answers, as far as is known
     */
    static boolean isMajority(List<PartitionView> kept, NodeId self, Predicate<NodeId> isUp) {
        return kept.stream()
                .filter(partition -> !partition.hasFailed())
                .map(PartitionView::configuration)
                .anyMatch(configuration -> isNeeded(configuration, self, isUp));
    }

    private static boolean isNeeded(Configuration configuration, NodeId self, Predicate<NodeId> isUp) {
        Predicate<Member> isAlive = voter -> !configuration.isDead(voter);
        boolean votes = configuration.members().stream()
                .filter(member -> member.node().equals(self))
                .anyMatch(isAlive.and(configuration::isVoter));
        return votes
                && !configuration.isMajority(
                        isAlive.and(voter -> !voter.node().equals(self) && isUp.test(voter.node())));
    }
}
