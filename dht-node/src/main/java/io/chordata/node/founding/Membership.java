package io.chordata.node.founding;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.Partitioning;

/** What a node must know of its cluster to be of it. */
public record Membership(ClusterId cluster, Partitioning partitioning) {
    public Membership {
        if (cluster.isNone()) {
            throw new IllegalArgumentException("a membership names a cluster");
        }
    }
}
