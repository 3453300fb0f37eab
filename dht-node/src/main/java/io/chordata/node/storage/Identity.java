package io.chordata.node.storage;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import java.util.List;

/**
 * Who a data directory belongs to.
 *
 * @param cluster never {@link ClusterId#NONE}
 * @param origin how the node came to its cluster
 * @param incarnation how often the node was started on it, from 1: greater at each start
 * @param directories the ids of the node's data directories, this one first
 */
public record Identity(
        ClusterId cluster,
        NodeId node,
        Origin origin,
        long incarnation,
        Partitioning partitioning,
        List<Uint128> directories) {
    /** How a node came to its cluster. */
    public enum Origin {
        /** It made the cluster, and its first partitions. */
        FOUNDED,
        /** It found a cluster, and must never make partitions by itself: they would be a second, empty store. */
        JOINED
    }

    public Identity {
        directories = List.copyOf(directories);
        if (cluster.isNone()) {
            throw new IllegalArgumentException("an identity names a cluster");
        }
        if (incarnation < 1) {
            throw new IllegalArgumentException("incarnations start at 1, got " + incarnation);
        }
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("a node has at least one data directory");
        }
    }

    Identity nextIncarnation() {
        return new Identity(cluster, node, origin, incarnation + 1, partitioning, directories);
    }
}
