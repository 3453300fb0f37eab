package io.chordata.node.ring.view;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;

/**
 * How to reach a node. Of two contacts of one node the one with the higher incarnation is right: a node may return under a
 * new address.
 *
 * @param incarnation how often the node has been started, from 1
 */
public record Contact(NodeId node, NodeAddress address, long incarnation) {
    public Contact {
        if (incarnation < 1) {
            throw new IllegalArgumentException("incarnations start at 1, got " + incarnation);
        }
    }
}
