/**
 * Consensus for one partition: Raft (Ongaro and Ousterhout 2014; Ongaro's thesis 2014) as a machine without clock, thread,
 * disk or socket. {@link io.chordata.node.partition.raft.RaftGroup} takes events and says through its
 * {@link io.chordata.node.partition.raft.RaftOutbox} what it wants done. Above it, {@code partition} carries that out for all
 * partitions of a node.
 */
@NullMarked
package io.chordata.node.partition.raft;

import org.jspecify.annotations.NullMarked;
