package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.status.FlowsPicture;
import io.chordata.node.ring.status.FlowsPicture.LinkFlow;
import io.chordata.node.ring.status.FlowsPicture.NodeFlow;
import io.chordata.node.ring.status.FlowsPicture.OperationFlow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Flows as JSON. Ids are 32 lower-case hex digits, and all but counts and latencies is per second.
 *
 * <pre>
 *   /v1/flows            {nodes: [{node, requests, failed, bytesReceived, bytesSent, p99Micros}],
 *                        operations: [{name, requests, p50Micros, p99Micros}], links: [{from, to, kind, bytes}],
 *                        linksLeftOut, unanswered: [node]}
 * </pre>
 *
 * <p>{@code failed} is how many requests were answered by 500 or above; {@code p99Micros} is null where there were no requests.
 */
final class FlowsJson {
    private static final double TENTHS = 10;

    private FlowsJson() {}

    /** All of it but the nodes, which may be many. */
    static JsonObject frame(FlowsPicture picture) {
        return new JsonObject()
                .put(
                        "operations",
                        new JsonArray(picture.operations().stream()
                                .map(FlowsJson::operation)
                                .toList()))
                .put(
                        "links",
                        new JsonArray(
                                picture.links().stream().map(FlowsJson::link).toList()))
                .put("linksLeftOut", picture.linksLeftOut())
                .put(
                        "unanswered",
                        new JsonArray(picture.unanswered().stream()
                                .map(NodeId::toString)
                                .toList()));
    }

    static JsonObject node(NodeFlow node) {
        return new JsonObject()
                .put("node", node.node().toString())
                .put("requests", rate(node.requests()))
                .put("failed", node.failed())
                .put("bytesReceived", Math.round(node.receivedBytes()))
                .put("bytesSent", Math.round(node.sentBytes()))
                .put("p99Micros", node.requests() == 0 ? null : node.p99Micros());
    }

    private static JsonObject operation(OperationFlow operation) {
        return new JsonObject()
                .put("name", operation.name())
                .put("requests", rate(operation.requests()))
                .put("p50Micros", operation.p50Micros())
                .put("p99Micros", operation.p99Micros());
    }

    private static JsonObject link(LinkFlow link) {
        return new JsonObject()
                .put("from", link.from().toString())
                .put("to", link.to().toString())
                .put("kind", EventLog.lower(link.kind()))
                .put("bytes", Math.round(link.bytes()));
    }

    /** No more digits than mean something. */
    private static double rate(double perSecond) {
        return Math.round(perSecond * TENTHS) / TENTHS;
    }
}
