package io.chordata.node.partition.raft;

/**
 * What a replica is to its group.
 *
 * <pre>
 * FOLLOWER -> PRE_CANDIDATE -> CANDIDATE -> LEADER
 *     any of them -> FOLLOWER, STOPPED
 *     FOLLOWER -> CANDIDATE when the leader hands over
 * </pre>
 */
public enum RaftRole {
    FOLLOWER,
    /** Asks whether it would be elected. */
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER,
    /** Has met a later generation of the group: does nothing any more. */
    STOPPED
}
