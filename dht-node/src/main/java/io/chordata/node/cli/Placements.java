package io.chordata.node.cli;

import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who should hold each partition. Computed off the loops, as that takes long with many nodes, and once for each view that
 * somebody asks about. Safe for use by many threads.
 */
final class Placements {
    private final Loops loops;
    private final Partitioning partitioning;
    private final int replication;
    private @Nullable RingView view;
    private Future<Placement> placement = Future.failedFuture("nobody asked yet");

    /** @param replication how many nodes should hold each partition */
    Placements(Loops loops, Partitioning partitioning, int replication) {
        this.loops = loops;
        this.partitioning = partitioning;
        this.replication = replication;
    }

    /** The one that should lead first; none where no node takes partitions. */
    Future<List<NodeId>> replicas(RingView asked, PartitionId partition) {
        return asked.nodeCount() == 0
                ? Future.succeededFuture(List.of())
                : of(asked).map(computed -> computed.replicas(partition));
    }

    private synchronized Future<Placement> of(RingView asked) {
        if (asked != view) {
            view = asked;
            placement = loops.current().executeBlocking(() -> Placement.of(asked, partitioning, replication, Set.of()));
        }
        return placement;
    }
}
