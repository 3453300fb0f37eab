package io.chordata.node.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition that is recovered by force, or that could be.
 *
 * @param refusal why it cannot be; null if it can, or was
 * @param survivor the node whose copy the partition goes on from; null if nobody has any
 * @param generation in which it does; as text, as JavaScript cannot hold all of its digits
 * @param isBegun whether it was recovered
 * @param mayLose whether what was acknowledged may be lost by that
 * @param silent nodes that did not answer
 */
public record RecoveryView(
        int partition,
        @Nullable String refusal,
        @Nullable String survivor,
        @Nullable String generation,
        boolean isBegun,
        boolean mayLose,
        List<CopyView> copies,
        List<String> silent) {
    /**
     * One that a node has.
     *
     * @param unfit why the partition cannot go on from it; null if it can
     */
    public record CopyView(
            String node,
            String generation,
            String promised,
            long term,
            long index,
            @Nullable String unfit) {
        private JsonObject toJson() {
            return new JsonObject()
                    .put("node", node)
                    .put("generation", generation)
                    .put("promised", promised)
                    .put("term", term)
                    .put("index", index)
                    .put("unfit", unfit);
        }
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("partition", partition)
                .put("refusal", refusal)
                .put("survivor", survivor)
                .put("generation", generation)
                .put("begun", isBegun)
                .put("mayLose", mayLose)
                .put(
                        "copies",
                        new JsonArray(copies.stream().map(CopyView::toJson).toList()))
                .put("silent", new JsonArray(silent));
    }
}
