package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Departure;
import io.chordata.node.ring.view.NodeState;
import io.vertx.core.Future;

/** What operators may want done with nodes. Futures complete on the caller's loop. */
public interface NodeOrders {
    /**
     * Asking for what is under way or done already changes nothing.
     *
     * @param accessKey of who asks
     * @return what the node is then; fails with {@link ProblemException} where it may not be, or cannot be done now
     */
    Future<NodeState> depart(NodeId node, Departure departure, String accessKey);
}
