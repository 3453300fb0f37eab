package io.chordata.node.partition;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RequestId;
import io.vertx.core.Future;

/**
 * Every partition of the cluster, as the layers above see it, wherever its replicas are. Futures complete on the caller's
 * loop. Both operations fail with {@link PartitionRefusedException}, or with the store's own exceptions.
 */
public interface Partitions {
    Partitioning partitioning();

    /**
     * Appends the command to the partition's log and completes with its answer once it is committed, durable on a
     * majority, and applied. A failure says whether the command may still happen
     * ({@link PartitionRefusedException.Reason#isOutcomeKnown}).
     *
     * @param id of this command; a later call with the same id, here or at another node, gets the first one's answer if it
     *     comes within a minute of it. Whoever proposes another command draws another id
     */
    Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command);

    /** The same for a command that may be applied again at any time without harm. */
    Future<byte[]> propose(PartitionId partition, byte[] command);

    /** Answers from a state that holds every command acknowledged before this call (linearizable). */
    Future<byte[]> read(PartitionId partition, byte[] query);

    /** Answers from some replica as it is, also where no majority can be reached. */
    default Future<EventualAnswer> readEventually(PartitionId partition, byte[] query) {
        return read(partition, query).map(answer -> new EventualAnswer(answer, 0));
    }

    /** Whether the replica on this node leads the partition, as far as it knows: for work that one node is to do. */
    boolean isLedHere(PartitionId partition);

    /**
     * The time in milliseconds since 1970: that of the clock, but never before what a log here was stamped with. Log time
     * does not go back when a clock that was ahead does, so what is to be judged by log time must not begin before it.
     */
    long timeMillis();
}
