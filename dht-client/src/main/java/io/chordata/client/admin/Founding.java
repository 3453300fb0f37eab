package io.chordata.client.admin;

import org.jspecify.annotations.Nullable;

/**
 * What came of the order to found a cluster.
 *
 * @param clusterId of the cluster that the node is of; null if it is of none yet
 * @param node its id; null if it is of no cluster yet
 * @param reason why it is of none yet: it goes on trying; null if it is
 */
public record Founding(
        State state,
        @Nullable String clusterId,
        @Nullable String node,
        @Nullable String reason) {
    /** How it stands. */
    public enum State {
        /** The node founded its cluster, now or long ago. */
        FOUNDED,
        /** It is of a cluster that another founded: there is nothing to found. */
        MEMBER,
        WAITING,
        /** Of a newer release than this one. */
        OTHER
    }

    public boolean isDone() {
        return clusterId != null;
    }

    static Founding of(Fields fields) {
        return new Founding(
                fields.constant("state", State.class, State.OTHER),
                fields.optionalText("clusterId"),
                fields.optionalText("node"),
                fields.optionalText("reason"));
    }
}
