package io.chordata.node.partition;

/** What a {@link PartitionGroup} is doing. */
enum GroupState {
    /** Its log is yet to be read. */
    NEW("starting"),
    /** No leader is known, or it leads and the first entry of its term is yet to be applied. */
    ELECTING("replaying"),
    /** Another replica leads. */
    FOLLOWING("following"),
    /** It leads, and takes commands and queries. */
    SERVING("serving"),
    /**
     * The group goes on, or is to, in a later generation: all that is here stays as it is, as lost and found, and takes part in
     * nothing.
     */
    LEFT_BEHIND("lost+found"),
    /** Finishing what it took, taking nothing more. */
    DRAINING("stopping"),
    STOPPED("stopped"),
    /** With its node: what is on the disk may be as good as ever when that starts again. */
    FAILED("failed"),
    /** Alone, on a node that goes on: another replica is to take its place. */
    BROKEN("failed");

    private final String word;

    GroupState(String word) {
        this.word = word;
    }

    /** True if it takes part in its group. */
    boolean isRunning() {
        return this == ELECTING || this == FOLLOWING || this == SERVING;
    }

    /** True if nothing happens any more. */
    boolean isOver() {
        return this == STOPPED || this == FAILED || this == BROKEN;
    }

    String word() {
        return word;
    }
}
