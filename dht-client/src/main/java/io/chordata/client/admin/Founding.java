package io.chordata.client.admin;

import org.jspecify.annotations.Nullable;

/**
 * What came of the order to found a cluster.
 *
 * @param clusterId of the cluster that the node founded, now or long ago; null if it has not yet
 * @param node its id; null if it has not yet
 * @param reason why it has not yet: it goes on trying; null if it has
 */
public record Founding(
        @Nullable String clusterId,
        @Nullable String node,
        @Nullable String reason) {
    public boolean isDone() {
        return clusterId != null;
    }

    static Founding of(Fields fields) {
        return fields.text("state").equals("founded")
                ? new Founding(fields.text("clusterId"), fields.text("node"), null)
                : new Founding(null, null, fields.text("reason"));
    }
}
