package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;

/** What this node knows of the cluster at one moment; does not change. */
public interface Surroundings {
    Desired desired(PartitionId partition);

    NodeCondition condition(NodeId node);

    /** Whether so much is down that nothing is to be replaced: more than a third of the nodes, or more than one zone. */
    boolean isBraked();
}
