package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.ring.view.NodeRecord;
import java.util.List;

/**
 * With what a directory begins.
 *
 * @param record of this node, with the incarnation of this start; joining, alive or draining
 * @param holdsData whether partitions are, or ever were, entrusted to this node
 * @param seeds where to look for others; may be none if there is an image, or nobody else
 * @param image what was stored last; empty if nothing was
 */
public record DirectoryStart(NodeRecord record, boolean holdsData, List<NodeAddress> seeds, byte[] image) {
    public DirectoryStart {
        seeds = List.copyOf(seeds);
    }
}
