package io.chordata.node.admin;

import io.chordata.node.core.BucketId;
import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.status.RingPicture;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@code /v1/ring}, {@code /v1/lookup} and {@code /v1/flows}; {@link RingJson} and {@link FlowsJson} have the shapes. */
final class RingApi {
    private static final String RING_USAGE = "/v1/ring or /v1/ring?node=ID";
    private static final String LOOKUP_USAGE =
            "/v1/lookup?key=TEXT or /v1/lookup?id=HEX, with &from=NODE and &via=fingers";
    private static final BucketId NO_BUCKET = new BucketId(Uint128.ZERO);

    private final RingQueries status;
    private final LargeAnswers answers;

    RingApi(RingQueries status, LargeAnswers answers) {
        this.status = status;
        this.answers = answers;
    }

    Future<Void> ring(HttpServerRequest request) {
        NodeId node = new Parameters(request, RING_USAGE, List.of("node")).id("node", NodeId::new);
        Future<RingPicture> picture = node == null ? status.ring() : status.ring(node);
        return picture.compose(drawn -> answers.send(
                request, RingJson.frame(drawn), "positions", drawn.positions().iterator(), RingJson::position));
    }

    Future<Void> flows(HttpServerRequest request) {
        return status.flows()
                .compose(told -> answers.send(
                        request, FlowsJson.frame(told), "nodes", told.nodes().iterator(), FlowsJson::node));
    }

    Future<Void> lookup(HttpServerRequest request) {
        Parameters parameters = new Parameters(request, LOOKUP_USAGE, List.of("key", "id", "from", "via"));
        RingId id = id(parameters);
        NodeId from = parameters.id("from", NodeId::new);
        String via = parameters.text("via");
        if (via != null && !via.equals("fingers")) {
            throw parameters.problem("'via' can only be 'fingers', not '" + via + "'");
        }
        return status.lookup(id, from, via != null).map(found -> {
            Answers.json(request, RingJson.lookup(found));
            return null;
        });
    }

    /**
     * A text has the id that a record of that name has in the bucket of zeros, where the cluster keeps what belongs to no
     * bucket. An object's record lies with its bucket's index shard: {@code /v1/objects/locate} knows that.
     */
    private static RingId id(Parameters parameters) {
        String key = parameters.text("key");
        RingId id = parameters.id("id", RingId::new);
        if ((key == null) == (id == null)) {
            throw parameters.problem(
                    key == null ? "neither a key nor an id is given" : "both a key and an id are given");
        }
        return id != null ? id : idOf(key);
    }

    private static RingId idOf(@Nullable String key) {
        return DerivedIds.recordId(NO_BUCKET, String.valueOf(key).getBytes(StandardCharsets.UTF_8));
    }
}
