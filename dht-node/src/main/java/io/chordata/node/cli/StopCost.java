package io.chordata.node.cli;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.PartitionsView.PartitionView;
import java.util.List;
import java.util.function.Predicate;

/** What stopping a node would cost the partitions that it keeps. */
final class StopCost {
    private StopCost() {}

    /**
     * Whether some partition would be without a majority: of its voters those who answer are too few without the node. While the
     * voters change, those before and those after are taken together, which asks for no less than either half needs.
     *
     * @param isUp whether another node answers, as far as is known
     */
    static boolean isMajority(List<PartitionView> kept, NodeId self, Predicate<NodeId> isUp) {
        return kept.stream().anyMatch(partition -> isNeeded(partition, self, isUp));
    }

    private static boolean isNeeded(PartitionView partition, NodeId self, Predicate<NodeId> isUp) {
        List<NodeId> voters = partition.voters();
        if (!voters.contains(self) || partition.hasFailed()) {
            return false;
        }
        long others = voters.stream()
                .filter(voter -> !voter.equals(self) && isUp.test(voter))
                .count();
        return 2 * others <= voters.size();
    }
}
