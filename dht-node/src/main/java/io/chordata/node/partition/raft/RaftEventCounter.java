package io.chordata.node.partition.raft;

/** Counts what happens in the groups of a node. */
public interface RaftEventCounter {
    void count(RaftEvent event);
}
