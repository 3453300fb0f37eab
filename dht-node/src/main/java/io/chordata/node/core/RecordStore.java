package io.chordata.node.core;

import io.vertx.core.Future;

/**
 * The port to a node's records: ordered byte keys in a few families, atomic batches.
 *
 * <p>A batch is atomic, and visible to every read that starts after {@link #write}'s future completed; a
 * {@link Durability#SYNCED} batch is visible to none before it is synced. How much of a batch a crash may take is the
 * caller's choice ({@link Durability}). Batches become durable in the order written, SYNCED and ORDERED ones in one
 * order, REPLAYED ones in another: what survives of each order is a prefix.
 *
 * <p>A failed write or sync is never retried: from then on each call fails with {@link StoreFailedException}, and
 * nothing is acknowledged any more. So does every call after {@link #close}.
 */
public interface RecordStore extends RecordReader, AutoCloseable {
    /** The families, each ordered by unsigned bytes of the key. */
    enum Family {
        /** Consensus entries and hard state. */
        LOG,
        /** Applied rows. The only family that takes {@link Durability#REPLAYED} batches, and it takes no others. */
        STATE,
        /** The index of the block store. */
        BLOCKS,
        /** What the node itself remembers. */
        NODE
    }

    /** What a completed write survives. */
    enum Durability {
        /** Synced before its future completes. Batches of many callers share one sync. */
        SYNCED,
        /** In order behind earlier synced and ordered batches, but not yet synced: a crash may lose it. */
        ORDERED,
        /** Kept in memory until a {@link #flush}; its author replays it from the log after a crash. */
        REPLAYED;

        /** @throws IllegalArgumentException if the batch touches a family that is not for this durability */
        public void requireFits(RecordBatch batch) {
            for (RecordBatch.Change change : batch.changes()) {
                if ((change.family() == Family.STATE) != (this == REPLAYED)) {
                    throw new IllegalArgumentException(change.family() + " takes no " + this + " batches");
                }
            }
        }
    }

    /** Where a read may look. */
    enum ReadTier {
        /** Only in memory; anything else is a {@link ColdReadException}. For event loops. */
        MEMORY,
        /** Also on disk; blocks the thread. For workers. */
        DISK
    }

    /**
     * Takes the batch; the caller leaves it untouched from then on. The future completes on the caller's loop. It fails
     * with {@link StoreFailedException}, or with {@link StoreBusyException} when more waits to be written than the store
     * may hold in memory; such a batch leaves no trace, and one that later batches build upon has to be written again
     * before them.
     *
     * @throws IllegalArgumentException if a REPLAYED batch touches another family than STATE, or another one STATE
     */
    Future<Void> write(RecordBatch batch, Durability durability);

    /**
     * Everything as it is now: batches written later do not show. Cheap and never blocks, so that an event loop may take
     * one for a worker to read from. Close it soon: while it is open, nothing it shows can be thrown away.
     */
    Snapshot snapshot();

    /** Completes once every REPLAYED batch written before this call is durable. */
    Future<Void> flush();

    /** How much the families hold on disk and in memory tables, roughly. */
    long approximateBytes(Family family);

    /** Waits for what was written, then lets go of the files. */
    @Override
    void close();

    /** The store at one moment. */
    interface Snapshot extends RecordReader, AutoCloseable {
        @Override
        void close();
    }

    /** A position in an ordered scan; belongs to one thread at a time. */
    interface Cursor extends AutoCloseable {
        /** Moves on; false at the end. */
        boolean next();

        /** The next {@link #next} goes to the first key at or after {@code key}, never backwards. */
        void seek(byte[] key);

        byte[] key();

        byte[] value();

        @Override
        void close();
    }
}
