package io.chordata.client;

/**
 * When what was written of a large file goes to the disk: now and then meanwhile, so that not all of it is left for the end. One
 * sync at a time. Belongs to one thread.
 */
final class SyncPace {
    static final long EVERY_BYTES = 256L << 20;

    private long unsynced;
    private boolean syncing;

    /** True if a sync is to begin. */
    boolean written(long bytes) {
        unsynced += bytes;
        if (syncing || unsynced < EVERY_BYTES) {
            return false;
        }
        unsynced = 0;
        syncing = true;
        return true;
    }

    void synced() {
        syncing = false;
    }

    boolean isSyncing() {
        return syncing;
    }
}
