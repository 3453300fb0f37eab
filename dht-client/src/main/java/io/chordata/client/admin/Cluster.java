package io.chordata.client.admin;

/**
 * A cluster as a whole.
 *
 * @param version of the membership, at the node that answered
 * @param replication copies of the partition that has the fewest, at nodes that answer
 * @param nodes answering or not; not those that were decommissioned
 * @param underReplicated partitions of which one who should hold them is no voter
 * @param noMajority partitions that nobody who answers takes commands for
 * @param moving partitions with members on their way
 * @param zonesYielded partitions that should stand in fewer zones than they could, so that no node is overloaded
 * @param draining nodes that give their partitions away
 * @param drained those of them that have nothing left
 */
public record Cluster(
        String clusterId,
        long version,
        int partitions,
        int replication,
        int nodes,
        State state,
        int underReplicated,
        int noMajority,
        int moving,
        int zonesYielded,
        int draining,
        int drained) {
    /** How it is. */
    public enum State {
        HEALTHY,
        /** Some partitions lack a copy or a majority, or a node is suspect or down. */
        DEGRADED,
        /** No partition can be written. */
        UNAVAILABLE,
        /** Of a newer release than this one. */
        OTHER
    }

    static Cluster of(Fields fields) {
        return new Cluster(
                fields.text("clusterId"),
                fields.number("version"),
                fields.count("partitions"),
                fields.count("replication"),
                fields.count("nodes"),
                fields.constant("state", State.class, State.OTHER),
                fields.count("underReplicated"),
                fields.count("noMajority"),
                fields.count("moving"),
                fields.count("zonesYielded"),
                fields.count("draining"),
                fields.count("drained"));
    }
}
