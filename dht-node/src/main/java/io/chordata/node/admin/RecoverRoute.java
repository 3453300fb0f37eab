package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * {@code POST /v1/partitions/{partition}/recover} with {@code {gone, unsafe}}: tells what could be done for a partition whose
 * majority is gone, and does it if it is asked to.
 */
public final class RecoverRoute {
    private static final Pattern PATH = Pattern.compile("/v1/partitions/([0-9]{1,9})/recover");
    private static final Set<String> FIELDS = Set.of("gone", "unsafe");

    private RecoverRoute() {}

    /** Recovers partitions by force. */
    public interface Recoverer {
        /**
         * Fails with {@link ProblemException} where that cannot be asked, or is refused.
         *
         * @param gone nodes that never come back
         * @param isUnsafe whether it is to be done, whatever is lost by it
         */
        Future<RecoveryView> recover(int partition, Set<NodeId> gone, boolean isUnsafe, String accessKey);
    }

    public static ChangeRoute of(Recoverer recoverer) {
        return new ChangeRoute(HttpMethod.POST, PATH, (request, match) -> recover(request, match, recoverer));
    }

    private static Future<JsonObject> recover(ChangeRequest request, MatchResult match, Recoverer recoverer) {
        JsonObject body = request.object();
        Object gone = body.getValue("gone", new JsonArray());
        Object unsafe = body.getValue("unsafe", false);
        if (!FIELDS.containsAll(body.fieldNames())
                || !(gone instanceof JsonArray nodes)
                || !(unsafe instanceof Boolean isUnsafe)) {
            throw new ProblemException(
                    400, "Wrong body", "the body has the ids of nodes that are gone, and whether it may be unsafe");
        }
        return recoverer
                .recover(Integer.parseInt(match.group(1)), ids(nodes), isUnsafe, request.accessKey())
                .map(RecoveryView::toJson);
    }

    private static Set<NodeId> ids(JsonArray nodes) {
        Set<NodeId> ids = new TreeSet<>();
        for (Object node : nodes) {
            try {
                ids.add(NodeId.parse(String.valueOf(node)));
            } catch (IllegalArgumentException e) {
                throw new ProblemException(
                        400, "Wrong id", "a node's id has 32 lower-case hex digits: " + e.getMessage());
            }
        }
        return ids;
    }
}
