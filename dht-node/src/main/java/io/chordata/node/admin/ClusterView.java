package io.chordata.node.admin;

import io.vertx.core.json.JsonObject;

/**
 * The cluster as a whole, which is the same from each of its nodes: they are asked what they hold.
 *
 * @param self the node that answers: an address may lead to any of them
 * @param version of the membership
 * @param replication copies that each partition has now, at nodes that answer: the fewest that any has. How many it should have
 *     is another thing: option {@code replication}, if there are as many nodes
 * @param nodes of the cluster, answering or not
 * @param state {@code unavailable} where no partition can be written; {@code degraded} where some cannot, some lack a copy, or
 *     a node is suspect or down; {@code healthy} otherwise
 * @param underReplicated partitions that lack a copy at a node that should have one
 * @param noMajority partitions that cannot be written
 * @param moving partitions with members that are on their way
 * @param zonesYielded partitions whose copies should stand in fewer zones than there are, because otherwise a node of a small
 *     zone would hold more than 1.3 times its share
 * @param draining nodes that give their partitions away
 * @param drained how many of those have nothing left
 */
public record ClusterView(
        String clusterId,
        String self,
        long version,
        int partitions,
        int replication,
        int nodes,
        String state,
        int underReplicated,
        int noMajority,
        int moving,
        int zonesYielded,
        int draining,
        int drained) {
    JsonObject toJson() {
        return new JsonObject()
                .put("clusterId", clusterId)
                .put("self", self)
                .put("version", version)
                .put("partitions", partitions)
                .put("replication", replication)
                .put("nodes", nodes)
                .put("state", state)
                .put("underReplicated", underReplicated)
                .put("noMajority", noMajority)
                .put("moving", moving)
                .put("zonesYielded", zonesYielded)
                .put("draining", draining)
                .put("drained", drained);
    }
}
