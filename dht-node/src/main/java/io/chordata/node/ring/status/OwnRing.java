package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.List;

/** This node on the ring, what it holds and what goes through it. Called from any loop; futures complete on any. */
public interface OwnRing {
    NodeId node();

    /** Who is known at this moment. */
    RingView view();

    /** The own positions that are on the ring, by rising index. */
    Future<List<PositionReport>> positions(boolean withFingers);

    /** The partitions that this node holds, by rising number; none if it keeps no objects. */
    Future<List<PartitionReport>> partitions();

    /** What went through this node lately. */
    FlowReport flows();

    /** @param viaFingers without cache and directory, so that the way through the ring can be seen */
    Future<LookupReport> lookup(RingId id, boolean viaFingers);
}
