package io.chordata.node.cluster;

import io.chordata.node.partition.move.NewcomerAnswer;

/** A rule of moves or blocks that fired on some node; those of consensus are its {@code RaftEvent}s. */
enum ClusterRule {
    NEWCOMER_CAME,
    NEWCOMER_SAW_ANOTHER_RING,
    NEWCOMER_WAS_FULL,
    NEWCOMER_HAD_TOO_MANY,
    NEWCOMER_WAS_LEAVING,
    NEWCOMER_VOTED_ALREADY,
    NEWCOMER_HAD_LOST_AND_FOUND,
    LEARNER_FILLED,
    LEARNER_NOT_FILLED,
    JOINT_SETTLED,
    JOINT_NOT_SETTLED,
    REMOVAL_CONFIRMED,
    /** One that nobody spoke to any more learned that it is not needed. */
    LONELY_COPY_REMOVED,
    COPY_DELETED,
    /** Too many nodes were down to replace one. */
    REPLACEMENT_BRAKED,
    /** A block came after its body was dropped. */
    LATE_BLOCK_REFUSED;

    static ClusterRule of(NewcomerAnswer answer) {
        return switch (answer) {
            case WELCOME -> NEWCOMER_CAME;
            case OTHER_RING -> NEWCOMER_SAW_ANOTHER_RING;
            case FULL -> NEWCOMER_WAS_FULL;
            case TOO_MANY -> NEWCOMER_HAD_TOO_MANY;
            case LEAVING -> NEWCOMER_WAS_LEAVING;
            case VOTES_ALREADY -> NEWCOMER_VOTED_ALREADY;
            case LOST_AND_FOUND -> NEWCOMER_HAD_LOST_AND_FOUND;
        };
    }
}
