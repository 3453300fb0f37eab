package io.chordata.node.admin;

import io.vertx.core.json.JsonObject;

/**
 * The cluster as a whole.
 *
 * @param version of the membership
 * @param underReplicated partitions that lack a copy
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
        int underReplicated,
        int noMajority,
        int moving) {
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
