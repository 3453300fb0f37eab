package io.chordata.node.rpc;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;

/**
 * What a node says of itself before it is trusted.
 *
 * @param process random at each start: tells a node that dialed itself from another on a copy of its disk
 */
record RpcNode(ClusterId cluster, NodeId node, Uint128 process) {}
