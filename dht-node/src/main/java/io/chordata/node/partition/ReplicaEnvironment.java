package io.chordata.node.partition;

import io.chordata.node.partition.raft.RaftEventCounter;
import java.util.function.Consumer;

/**
 * What all replicas of a node share.
 *
 * @param failNode told what must end the node's service
 */
record ReplicaEnvironment(
        PartitionPorts ports,
        PartitionOptions options,
        StateMachine machine,
        LogSize logSize,
        LogTime logTime,
        RaftEventCounter raftEvents,
        GroupLinks links,
        RequestRules requests,
        Consumer<Throwable> failNode) {
    ReplicaEnvironment(
            PartitionPorts ports,
            PartitionOptions options,
            StateMachine machine,
            LogSize logSize,
            LogTime logTime,
            RaftEventCounter raftEvents,
            GroupLinks links,
            Consumer<Throwable> failNode) {
        this(ports, options, machine, logSize, logTime, raftEvents, links, RequestRules.ONCE, failNode);
    }
}
