package io.chordata.node.partition.force;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.vertx.core.Future;

/** The way to what other nodes have of partitions, this one among them. As {@link LocalRemains} there. */
public interface ForceLinks {
    Future<Remains> survey(NodeId node, PartitionId partition);

    Future<Remains> promise(NodeId node, PartitionId partition, long generation);

    Future<Remains> begin(NodeId node, PartitionId partition, long generation);

    Future<Remains> giveWay(NodeId node, PartitionId partition, long generation);
}
