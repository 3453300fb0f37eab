package io.chordata.node.partition.move;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The replicas on this node. */
public interface LocalReplicas {
    /** Hands over each group that is led here, on its own loop, soon. From any thread. */
    void eachLed(Consumer<LedGroup> visit);

    /** Hands over each replica, on its own loop, soon. From any thread. */
    void eachReplica(Consumer<Replica> visit);

    /** What the replica here knows to be decided; null where there is none, or it knows nothing yet. On the caller's loop. */
    Future<@Nullable Committed> committed(PartitionId partition);

    /**
     * Deletes the replica of that generation and tenure for good, if there is one: log, rows and blocks. Its node, tenure, term and vote stay.
     * Completes, on the caller's loop, once it can not come back.
     */
    Future<Void> remove(PartitionId partition, long generation, Member removed);

    /** Whether the one here is a voter, and no change of voters is under way: it is not coming any more. From any thread. */
    boolean hasArrived(PartitionId partition);

    /** Whether the one here was left behind by a later generation, and keeps its place. Completes on the caller's loop. */
    Future<Boolean> isInTheWay(PartitionId partition);

    /** How many there are. From any thread. */
    int count();

    /** Whether nothing more should come to this node's disk. From any thread. */
    boolean isFull();

    /**
     * How one stands.
     *
     * @param generation of its group
     * @param committed what it knows to be decided; null if it knows nothing yet
     * @param newest in its log
     * @param silentMillis for how long it has neither led nor heard a leader
     */
    record Replica(
            PartitionId partition,
            long generation,
            Member self,
            @Nullable Committed committed,
            Configuration newest,
            long silentMillis) {}
}
