package io.chordata.node.partition.move;

/** What a node says that is asked to take a partition. */
public enum NewcomerAnswer {
    WELCOME,
    /** It computes other members: it, or the leader, does not know the ring as it is. */
    OTHER_RING,
    /** It takes part in as many moves as it may. */
    TOO_MANY,
    /** Its disk has no room for more partitions. */
    FULL,
    /** It is leaving itself. */
    LEAVING,
    /** It votes in the group, as far as it knows: it lost nothing, or is yet to hear that it was removed. */
    VOTES_ALREADY,
    /** It keeps a copy of an earlier generation as lost and found, and there is no place for another. */
    LOST_AND_FOUND
}
