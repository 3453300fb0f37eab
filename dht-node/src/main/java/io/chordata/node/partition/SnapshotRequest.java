package io.chordata.node.partition;

import io.chordata.node.partition.raft.Member;

/**
 * Asks for a page of a partition's state.
 *
 * @param generation of the group, in whose history it was offered
 * @param follower for whom it was offered
 * @param index of the state that was offered
 * @param after the last key that came, without partition and generation; empty for the first page
 */
record SnapshotRequest(long generation, Member follower, long index, byte[] after) {
    SnapshotRequest {
        if (generation < 0) {
            throw new IllegalArgumentException("a generation of " + generation);
        }
    }
}
