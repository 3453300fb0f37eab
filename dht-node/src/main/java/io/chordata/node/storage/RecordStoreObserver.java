package io.chordata.node.storage;

/** Told what the record store's writer does. Called on the store's own threads: be quick, do not throw. */
public interface RecordStoreObserver {
    RecordStoreObserver NONE = new RecordStoreObserver() {};

    /**
     * A group of batches was written.
     *
     * @param batches in the group
     * @param bytes of their keys and values
     * @param synced whether the group was synced; false when it held ORDERED batches only
     * @param nanos the write and the sync took
     */
    default void groupWritten(int batches, long bytes, boolean synced, long nanos) {}

    /** A REPLAYED batch could not be taken at once, because the flush of earlier ones lags behind. */
    default void replayedWriteDeferred() {}

    /** Applied rows were flushed. */
    default void flushed(long nanos) {}

    /** The store failed and takes no more writes. Called once. */
    default void failed() {}
}
