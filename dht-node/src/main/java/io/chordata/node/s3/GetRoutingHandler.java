package io.chordata.node.s3;

import io.chordata.node.object.Bucket;
import io.chordata.node.object.Buckets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * No operation of S3 but one of our own, for clients that go to the right node at once: {@code GET
 * /?chordata-routing[&bucket=NAME]} answers
 *
 * <pre>
 *   {version, nodes: [{id, s3}], partitions: [{point, members: [id], leader}], bucket: {id, shards}}
 * </pre>
 */
final class GetRoutingHandler implements OperationHandler {
    static final String VERSION_HEADER = "x-chordata-routing-version";

    private static final String BUCKET = "bucket";

    private final Routing routing;
    private final Buckets buckets;

    GetRoutingHandler(Routing routing, Buckets buckets) {
        this.routing = routing;
        this.buckets = buckets;
    }

    @Override
    public Future<S3Answer> handle(S3Call call) {
        QueryString query = call.request().query();
        long version = routing.version();
        Future<@Nullable Bucket> bucket =
                query.has(BUCKET) ? buckets.find(query.text(BUCKET)).map(found -> found) : Future.succeededFuture(null);
        return bucket.compose(found -> routing.table().map(table -> answer(version, table, found)));
    }

    private static S3Answer answer(long version, Routing.Table table, @Nullable Bucket bucket) {
        JsonObject json = new JsonObject()
                .put("version", version)
                .put(
                        "nodes",
                        new JsonArray(table.nodes().stream()
                                .map(node ->
                                        new JsonObject().put("id", node.id()).put("s3", node.s3()))
                                .toList()))
                .put(
                        "partitions",
                        new JsonArray(table.partitions().stream()
                                .map(GetRoutingHandler::partition)
                                .toList()));
        if (bucket != null) {
            json.put(BUCKET, new JsonObject().put("id", bucket.id().toString()).put("shards", 1 << bucket.shardBits()));
        }
        return S3Answer.of(200).header("Content-Type", "application/json").body(json.toBuffer());
    }

    private static JsonObject partition(Routing.Partition partition) {
        return new JsonObject()
                .put("point", partition.point())
                .put("members", new JsonArray(partition.members()))
                .put("leader", partition.leader());
    }
}
