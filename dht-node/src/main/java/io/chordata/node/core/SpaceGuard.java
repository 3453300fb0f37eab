package io.chordata.node.core;

/** The port that says what the disks still have room for. Cheap: answers from a cached reading. */
public interface SpaceGuard {
    /** What may be written. */
    enum Room {
        /** Anything. */
        ALL,
        /** Records, but no blocks. */
        RECORDS,
        /** Only what frees space. */
        DELETES
    }

    Room room();
}
