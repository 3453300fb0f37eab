package io.chordata.node.cluster;

/** What can happen to a cluster from outside. */
enum ClusterFault {
    /** The process is killed, its machine goes on. */
    KILL,
    POWER_LOSS,
    /** Of all machines at once. */
    POWER_LOSS_OF_ALL,
    /** Of all machines of a zone, while a group moves. */
    ZONE_LOST_IN_MOVE,
    /** Of all processes at once. */
    KILL_OF_ALL,
    STOP,
    /** The process stands still for a while, as on SIGSTOP. */
    PAUSE,
    RETURN,
    /** Hours pass for all while one is away. */
    RETURN_AFTER_HOURS,
    CLOCK_FORWARD,
    CLOCK_BACK,
    CLOCK_A_YEAR_AHEAD,
    DISK_FULL_FOR_BLOCKS,
    DISK_FULL,
    DISK_WITH_ROOM,
    SLOW_DISK,
    FAILED_SYNC,
    FAILED_BLOCK_DISK,
    /** What was synced of the records can be read no more; an operator gives the machine empty disks. */
    ROTTEN_RECORDS,
    ROTTEN_BLOCK,
    CUT,
    CUT_ONE_WAY,
    MENDED_WAYS,
    /** Connections break, and messages come late, up to five seconds. */
    BAD_NETWORK,
    GOOD_NETWORK,
    /** A machine comes back with empty disks, as another node. */
    WIPED,
    JOIN,
    /** A node's partitions go elsewhere. */
    DRAIN,
    /** One that was drained goes for good. */
    LEAVE,
    /** With too many others: some groups go on by force. */
    LOST_FOR_EVER,
    /** One that was said to be gone comes back as it was. */
    FOUND_AGAIN
}
