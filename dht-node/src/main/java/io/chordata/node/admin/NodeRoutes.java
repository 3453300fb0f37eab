package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Departure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * {@code POST /v1/nodes/{id}/drain}, {@code DELETE} to undo it, and {@code POST /v1/nodes/{id}/decommission}. Answered with
 * {@code {id, state}}: the state that the node is in then.
 */
public final class NodeRoutes {
    private static final Pattern DRAIN = Pattern.compile("/v1/nodes/([^/]*)/drain");
    private static final Pattern DECOMMISSION = Pattern.compile("/v1/nodes/([^/]*)/decommission");

    private NodeRoutes() {}

    public static List<ChangeRoute> of(NodeOrders orders) {
        return List.of(
                route(HttpMethod.POST, DRAIN, Departure.DRAIN, orders),
                route(HttpMethod.DELETE, DRAIN, Departure.NONE, orders),
                route(HttpMethod.POST, DECOMMISSION, Departure.DECOMMISSION, orders));
    }

    private static ChangeRoute route(HttpMethod method, Pattern path, Departure departure, NodeOrders orders) {
        return new ChangeRoute(method, path, (request, match) -> {
            NodeId node = node(match);
            return orders.depart(node, departure, request.accessKey())
                    .map(state -> new JsonObject().put("id", node.toString()).put("state", EventLog.lower(state)));
        });
    }

    private static NodeId node(MatchResult match) {
        try {
            return NodeId.parse(match.group(1));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "Wrong id", "a node's id has 32 lower-case hex digits: " + e.getMessage());
        }
    }
}
