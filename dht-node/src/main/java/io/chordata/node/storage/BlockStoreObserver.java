package io.chordata.node.storage;

/** Told what the block store does. Called on the store's own threads: be quick, do not throw. */
public interface BlockStoreObserver {
    BlockStoreObserver NONE = new BlockStoreObserver() {};

    /**
     * Blocks were appended under one sync, new ones or copies made by compaction.
     *
     * @param bytes written
     * @param nanos writing and sync took
     */
    default void committed(int blocks, long bytes, long nanos) {}

    /** A block was found corrupt and set aside. */
    default void corruptFound() {}

    /** A segment file of this size was compacted and deleted. */
    default void compacted(long bytes) {}

    /** The store failed and takes no more writes. Called once. */
    default void failed() {}
}
