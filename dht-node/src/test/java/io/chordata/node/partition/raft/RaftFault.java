package io.chordata.node.partition.raft;

/** What a simulation does to a group. */
enum RaftFault {
    CRASH,
    WRITES_LOST,
    CUT,
    ONE_WAY_CUT,
    PAUSE,
    DISK_STALL,
    CLOCK_JUMP,
    CLOCK_DISTRUSTED,
    CONNECTION_RESET,
    SNAPSHOT_FAILED,
    INSTALL_FAILED,
    REPLICA_WIPED,
    REPLICA_CREATED,
    RELEASE_RAISED,
    FORCED,
    FORCE_REFUSED,
    FORCE_GIVEN_UP,
    LOST_AND_FOUND_DISCARDED
}
