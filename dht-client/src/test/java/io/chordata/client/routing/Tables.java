package io.chordata.client.routing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;

/** Tables as a cluster of three nodes tells them: four partitions, each led by the node of its number modulo three. */
final class Tables {
    static final Endpoint SEED = Endpoint.of(URI.create("http://seed:9000"));
    static final Endpoint A = SEED.at("a", 9000);
    static final Endpoint B = SEED.at("b", 9010);
    static final Endpoint C = SEED.at("c", 9020);
    static final List<Endpoint> ALL = List.of(A, B, C);
    static final KeyPlaces.Bucket BUCKET = new KeyPlaces.Bucket("0123456789abcdef0123456789abcdef", 16);

    private static final List<String> POINTS = List.of("0", "4", "8", "c");

    private Tables() {}

    static JsonObject json(long version) {
        JsonArray nodes = new JsonArray()
                .add(node("A", "a:9000"))
                .add(node("B", "b:9010"))
                .add(node("C", "c:9020"));
        JsonArray partitions = new JsonArray();
        for (int i = 0; i < POINTS.size(); i++) {
            partitions.add(new JsonObject()
                    .put("point", POINTS.get(i) + "0".repeat(31))
                    .put("members", new JsonArray(List.of("A", "B", "C", "gone")))
                    .put("leader", i == 3 ? null : List.of("A", "B", "C").get(i)));
        }
        return new JsonObject()
                .put("version", version)
                .put("nodes", nodes)
                .put("partitions", partitions)
                .put("bucket", new JsonObject().put("id", BUCKET.id()).put("shards", BUCKET.shards()));
    }

    static RoutingTable.Answer answer(long version) {
        return RoutingTable.parse(json(version), SEED);
    }

    private static JsonObject node(String id, String s3) {
        return new JsonObject().put("id", id).put("s3", s3);
    }
}
