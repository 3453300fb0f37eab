package io.chordata.node.partition.force;

import io.chordata.node.core.PartitionId;
import io.vertx.core.Future;

/** What is left of partitions on this node. Futures complete on the caller's loop, and fail where nobody can tell. */
public interface LocalRemains {
    Future<Remains> survey(PartitionId partition);

    /**
     * From now on the replica here takes part in that generation or a later one only, and where none is, none of an earlier one comes.
     * Completes once that is durable and its log stands still; fails where a later one is promised already.
     */
    Future<Remains> promise(PartitionId partition, long generation);

    /** The group goes on from the replica here, in that generation. Completes once that is durable; to repeat it changes nothing. */
    Future<Remains> begin(PartitionId partition, long generation);

    /**
     * That generation, to which the replica here is promised, begins on a copy that has all of this one: what comes of it may take this
     * one's place. Completes once that is durable; fails where it is promised to another.
     */
    Future<Remains> giveWay(PartitionId partition, long generation);
}
