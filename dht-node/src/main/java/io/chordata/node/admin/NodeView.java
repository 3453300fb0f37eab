package io.chordata.node.admin;

import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeVitals;
import io.chordata.node.ring.view.Weight;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A node as the directory has it.
 *
 * @param load what it last said that it has to do; null while it has said nothing
 * @param isDrained whether it drains, and nothing is left on it
 */
public record NodeView(NodeRecord node, @Nullable NodeLoad load, boolean isDrained) {
    /**
     * Weights are numbers, TiB where nobody said otherwise; states are as {@code alive}, and {@code drained} for one that drains
     * and holds nothing any more; {@code version} is the program's,
     * {@code internal} where other nodes reach it. {@code partitions} are those that it holds now.
     * {@code objects} is null: to count them, all rows of the indexes would have to be read, and the store's own estimate does
     * not tell them from uploads and garbage.
     */
    JsonObject toJson() {
        NodeVitals vitals = load == null ? NodeVitals.UNTOLD : load.vitals();
        return identity()
                .put("partitions", load == null ? null : load.partitions())
                .put("leaders", load == null ? null : load.leaders())
                .putNull("objects")
                .put("blocks", load == null ? null : load.blocks())
                .put("bytesUsed", load == null ? null : load.bytesUsed())
                .put("bytesFree", load == null ? null : load.bytesFree())
                .put("load", load == null ? null : load.load())
                .put("cpu", vitals.cpu())
                .put("memoryBytesUsed", vitals.memoryBytesUsed())
                .put("memoryBytesMax", vitals.memoryBytesMax())
                .put("startedAt", vitals.startedAt())
                .put("scrubbedAt", vitals.scrubbedAt());
    }

    /** All but figures. */
    JsonObject identity() {
        return new JsonObject()
                .put("id", node.node().toString())
                .put("name", node.name())
                .put("s3", node.s3().toString())
                .put("admin", node.admin().toString())
                .put("internal", node.contact().address().toString())
                .put("zone", node.zone())
                .put("weight", number(node.weight()))
                .put("state", isDrained ? "drained" : EventLog.lower(node.state()))
                .put("incarnation", node.contact().incarnation())
                .put("version", node.software());
    }

    /** Whole weights as whole numbers. */
    private static Number number(Weight weight) {
        double value = weight.toDouble();
        if (value == Math.rint(value)) {
            return (long) value;
        }
        return value;
    }
}
