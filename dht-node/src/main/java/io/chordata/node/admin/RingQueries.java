package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.status.FlowsPicture;
import io.chordata.node.ring.status.RingPicture;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * What the admin port shows of the ring. Futures complete on the caller's loop and fail with {@link ProblemException} where the
 * question was wrong or cannot be answered now.
 */
public interface RingQueries {
    /** Of the whole cluster, as its nodes said within the last ten seconds or so. */
    Future<RingPicture> ring();

    /** Of one node, with its fingers. */
    Future<RingPicture> ring(NodeId node);

    /** What went through the nodes of the cluster within the last ten seconds or so. */
    Future<FlowsPicture> flows();

    /**
     * Looks an id up.
     *
     * @param from the node whose lookup it is; null for this one
     * @param viaFingers by fingers and successor lists only, without cache and directory
     */
    Future<LookupView> lookup(RingId id, @Nullable NodeId from, boolean viaFingers);
}
