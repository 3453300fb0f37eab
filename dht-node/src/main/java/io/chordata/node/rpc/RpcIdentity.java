package io.chordata.node.rpc;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.NodeId;

/** As whom a node talks to others. */
public record RpcIdentity(ClusterId cluster, NodeId node, ClusterSecret secret) {}
