package io.chordata.node.admin;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/init}: the node that is asked is to found a cluster. Answered with {@code {state, clusterId, node}} where it
 * has, now or long ago, the state being {@code founded}, and where it is of a cluster that another founded, the state being
 * {@code member}; and with {@code {state, reason}} while it cannot yet, the state being {@code waiting}: it goes on trying.
 */
public final class InitRoute {
    private static final Pattern PATH = Pattern.compile("/v1/init");

    private InitRoute() {}

    /** What has the node found a cluster. */
    public interface Founder {
        /**
         * To be asked again changes nothing.
         *
         * @return the outcome, or how it stands after a few seconds, on the caller's loop; fails with {@link ProblemException}
         *     where the node must not found
         */
        Future<Outcome> found();
    }

    /**
     * What came of it.
     *
     * @param state founded, member or waiting
     * @param cluster that this node founded or joined; null if it has not yet
     * @param node this one; null if it has not yet
     * @param reason why it has not yet; null if it has
     */
    public record Outcome(
            String state,
            @Nullable ClusterId cluster,
            @Nullable NodeId node,
            @Nullable String reason) {
        public static Outcome founded(ClusterId cluster, NodeId node) {
            return new Outcome("founded", cluster, node, null);
        }

        public static Outcome member(ClusterId cluster, NodeId node) {
            return new Outcome("member", cluster, node, null);
        }

        public static Outcome waiting(String reason) {
            return new Outcome("waiting", null, null, reason);
        }

        private JsonObject toJson() {
            JsonObject json = new JsonObject().put("state", state);
            return cluster == null || node == null
                    ? json.put("reason", reason)
                    : json.put("clusterId", cluster.toString()).put("node", node.toString());
        }
    }

    public static ChangeRoute of(Founder founder) {
        return new ChangeRoute(
                HttpMethod.POST, PATH, (request, match) -> founder.found().map(Outcome::toJson));
    }
}
