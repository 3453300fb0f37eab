package io.chordata.node.cli;

import io.chordata.node.core.Clock;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.ring.view.DownNodes;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who should hold each partition. Computed off the loops, as that takes long with many nodes, and once for each view that
 * somebody asks about. Somebody must look at the nodes every now and then, so that it is known who is down for how long. Safe
 * for use by many threads.
 */
final class Placements {
    private final Loops loops;
    private final Partitioning partitioning;
    private final int replication;
    private final DownNodes downNodes;
    private final Clock clock;
    private Set<NodeId> replaced = Set.of();
    private @Nullable RingView view;
    private Future<Placement> placement = Future.failedFuture("nobody asked yet");

    /**
     * @param replication how many nodes should hold each partition
     * @param downNodes tells who is down for so long that others take its part
     */
    Placements(Loops loops, Clock clock, Partitioning partitioning, int replication, DownNodes downNodes) {
        this.loops = loops;
        this.clock = clock;
        this.partitioning = partitioning;
        this.replication = replication;
        this.downNodes = downNodes;
    }

    /** Takes note of who is down. */
    synchronized void look(RingView now) {
        Set<NodeId> next = downNodes.look(TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos()), now);
        if (!next.equals(replaced)) {
            replaced = next;
            view = null;
        }
    }

    /** Of that view. Where that failed, it is tried anew for whoever asks next. */
    Future<Placement> of(RingView asked) {
        return LoopCalls.here(loops, shared(asked));
    }

    private synchronized Future<Placement> shared(RingView asked) {
        if (asked != view || placement.failed()) {
            Set<NodeId> gone = replaced;
            placement = loops.current().executeBlocking(() -> Placement.of(asked, partitioning, replication, gone));
            view = asked;
        }
        return placement;
    }
}
