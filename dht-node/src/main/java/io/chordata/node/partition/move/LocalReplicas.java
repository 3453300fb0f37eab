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

    /** The replica's configuration as far as it is committed; null where there is none. On the caller's loop. */
    Future<@Nullable Configuration> committed(PartitionId partition);

    /**
     * Deletes the replica of that tenure for good, if there is one: log, rows and blocks. Its node, tenure, term and vote stay.
     * Completes, on the caller's loop, once it can not come back.
     */
    Future<Void> remove(PartitionId partition, Member self);

    /** Whether nothing more should come to this node's disk. From any thread. */
    boolean isFull();

    /**
     * How one stands.
     *
     * @param committed its configuration, as far as it is known to be committed
     * @param newest in its log
     * @param silentMillis for how long it has neither led nor heard a leader
     */
    record Replica(
            PartitionId partition, Member self, Configuration committed, Configuration newest, long silentMillis) {}
}
