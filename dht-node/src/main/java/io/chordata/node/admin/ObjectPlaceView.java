package io.chordata.node.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an object is: the partition of its index record, and those of its blocks.
 *
 * @param size in bytes
 * @param inline the bytes are in the record; then there are no blocks
 */
public record ObjectPlaceView(
        int partition,
        @Nullable String leader,
        List<String> replicas,
        String versionId,
        long size,
        boolean inline,
        List<BlockPlace> blocks) {
    /** @param index from 0, over the whole object */
    public record BlockPlace(int index, String id, int partition, List<String> replicas) {
        JsonObject toJson() {
            return new JsonObject()
                    .put("index", index)
                    .put("id", id)
                    .put("partition", partition)
                    .put("replicas", new JsonArray(replicas));
        }
    }

    JsonObject toJson() {
        JsonArray places = new JsonArray();
        blocks.forEach(block -> places.add(block.toJson()));
        return new JsonObject()
                .put("partition", partition)
                .put("leader", leader)
                .put("replicas", new JsonArray(replicas))
                .put("versionId", versionId)
                .put("size", size)
                .put("inline", inline)
                .put("blocks", places);
    }
}
