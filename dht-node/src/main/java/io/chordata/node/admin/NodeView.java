package io.chordata.node.admin;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A node as the cluster sees it.
 *
 * @param version of the program
 * @param partitions of which it holds a replica
 * @param leaders partitions that it leads
 * @param objects null while nobody counted
 * @param bytesUsed by Chordata on its disks
 * @param bytesFree on its disks
 * @param load running tasks per core, averaged over a minute; negative where the system does not tell
 */
public record NodeView(
        String id,
        String name,
        String s3,
        String admin,
        String internal,
        String zone,
        int weight,
        String state,
        long incarnation,
        String version,
        int partitions,
        int leaders,
        @Nullable Long objects,
        long blocks,
        long bytesUsed,
        long bytesFree,
        double load) {
    JsonObject toJson() {
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("s3", s3)
                .put("admin", admin)
                .put("internal", internal)
                .put("zone", zone)
                .put("weight", weight)
                .put("state", state)
                .put("incarnation", incarnation)
                .put("version", version)
                .put("partitions", partitions)
                .put("leaders", leaders)
                .put("objects", objects)
                .put("blocks", blocks)
                .put("bytesUsed", bytesUsed)
                .put("bytesFree", bytesFree)
                .put("load", load);
    }
}
