package io.chordata.node.admin;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as a whole.
 *
 * @param version of the membership
 * @param underReplicated partitions that lack a copy; this and the next two are null where the node that is asked cannot know
 * @param noMajority partitions that cannot be written
 * @param moving partitions that are being copied
 */
public record ClusterView(
        String clusterId,
        long version,
        int partitions,
        int replication,
        int nodes,
        String state,
        @Nullable Integer underReplicated,
        @Nullable Integer noMajority,
        @Nullable Integer moving) {
    JsonObject toJson() {
        return new JsonObject()
                .put("clusterId", clusterId)
                .put("version", version)
                .put("partitions", partitions)
                .put("replication", replication)
                .put("nodes", nodes)
                .put("state", state)
                .put("underReplicated", underReplicated)
                .put("noMajority", noMajority)
                .put("moving", moving);
    }
}
