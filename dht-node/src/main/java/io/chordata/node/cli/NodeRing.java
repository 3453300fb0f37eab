package io.chordata.node.cli;

import io.chordata.node.admin.LookupView;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.admin.RingQueries;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.PeerRefusedException;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.RingUnavailableException;
import io.chordata.node.ring.status.ClusterRing;
import io.chordata.node.ring.status.FlowsPicture;
import io.chordata.node.ring.status.LookupReport;
import io.chordata.node.ring.status.LookupReport.End;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Stopped;
import io.chordata.node.ring.status.MalformedException;
import io.chordata.node.ring.status.RingPicture;
import io.chordata.node.ring.status.RingTooLargeException;
import io.chordata.node.ring.view.NodeRecord;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ring for the admin port, once this node is on one. What cannot be answered becomes a problem in plain words here. */
final class NodeRing implements RingQueries {
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private volatile @Nullable Parts parts;
    private volatile String whyNot = NodeStatus.STARTING;

    /**
     * The ring that the node is on.
     *
     * @param self this node
     */
    record Parts(ClusterRing ring, NodeId self, Partitioning partitioning, Placements placements) {}

    void serving(Parts now) {
        parts = now;
    }

    void notServing(String why) {
        whyNot = why;
    }

    private Parts parts() {
        Parts now = parts;
        if (now == null) {
            throw new ProblemException(UNAVAILABLE, "Not on a ring", whyNot);
        }
        return now;
    }

    @Override
    public Future<RingPicture> ring() {
        return answer(() -> parts().ring().whole());
    }

    @Override
    public Future<RingPicture> ring(NodeId node) {
        return answer(() -> parts().ring().of(known(parts(), node)));
    }

    @Override
    public Future<FlowsPicture> flows() {
        return answer(() -> parts().ring().flows());
    }

    @Override
    public Future<LookupView> lookup(RingId id, @Nullable NodeId from, boolean viaFingers) {
        return answer(() -> {
            Parts now = parts();
            NodeRecord starter = known(now, from == null ? now.self() : from);
            return now.ring().lookup(id, starter, viaFingers).compose(report -> view(now, id, report));
        });
    }

    private static NodeRecord known(Parts now, NodeId node) {
        NodeRecord record = now.ring().view().node(node);
        if (record == null) {
            throw new ProblemException(
                    BAD_REQUEST, "Unknown node", "there is no node " + node + "; /v1/nodes has the ids of all");
        }
        return record;
    }

    private static Future<LookupView> view(Parts now, RingId id, LookupReport report) {
        if (report instanceof Stopped stopped) {
            throw new ProblemException(UNAVAILABLE, "Lookup stopped", stopped(stopped));
        }
        Found found = (Found) report;
        PartitionId partition = now.partitioning().partitionOf(id);
        return now.placements()
                .of(now.ring().view())
                .map(placement -> new LookupView(
                        id,
                        found.position(),
                        found.node(),
                        partition.number(),
                        placement.replicas(partition),
                        found.path()));
    }

    private static String stopped(Stopped stopped) {
        String why = switch (stopped.reason()) {
            case NOBODY_CLOSER -> "nobody who answers knows a node nearer to the id";
            case TOO_MANY_HOPS -> "it took more hops than a ring of this size ever needs";
            case BUSY -> "too many lookups are under way";
        };
        End at = stopped.at();
        String where = at == null ? "at its start" : "at position " + at.position() + " of node " + at.node();
        return "the lookup stopped " + where + " after " + stopped.path().size() + " hops: " + why
                + "; ask again in some seconds, when the ring has been repaired";
    }

    private static <T> Future<T> answer(Supplier<Future<T>> question) {
        return Future.<Void>succeededFuture()
                .compose(ignored -> question.get())
                .recover(failure -> Future.failedFuture(problem(failure)));
    }

    private static Throwable problem(Throwable failure) {
        if (failure instanceof RingTooLargeException tooLarge) {
            return new ProblemException(
                    BAD_REQUEST,
                    "Ring too large",
                    tooLarge.getMessage() + ": ask node by node, /v1/ring?node=ID with the ids of /v1/nodes");
        }
        if (failure instanceof PeerUnreachableException || failure instanceof PeerRefusedException) {
            return new ProblemException(
                    UNAVAILABLE, "Node not reached", failure.getMessage() + "; leave 'from' out to look up from here");
        }
        if (failure instanceof RingUnavailableException) {
            return new ProblemException(
                    UNAVAILABLE, "Not on a ring", failure.getMessage() + "; ask again later, or ask another node");
        }
        if (failure instanceof MalformedException) {
            return new ProblemException(
                    UNAVAILABLE,
                    "Node not understood",
                    "the node answered what this release cannot read; leave 'from' out to look up from here");
        }
        return failure;
    }
}
