package io.chordata.node.storage;

import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/** One database at one moment. Synchronised, because the store may end it from another thread. */
final class RocksSnapshot implements AutoCloseable {
    private final RocksDatabase database;
    private final RocksDB db;
    private final Snapshot snapshot;
    private final ReadOptions memoryRead;
    private final ReadOptions diskRead;
    private boolean closed;

    RocksSnapshot(RocksDatabase database, RocksDB db) {
        this.database = database;
        this.db = db;
        this.snapshot = db.getSnapshot();
        this.memoryRead = read().setReadTier(org.rocksdb.ReadTier.BLOCK_CACHE_TIER);
        this.diskRead = read();
    }

    private ReadOptions read() {
        return new ReadOptions().setSnapshot(snapshot).setVerifyChecksums(true);
    }

    synchronized byte @Nullable [] get(Family family, byte[] key, ReadTier tier) {
        checkOpen();
        return database.get(family, key, tier == ReadTier.MEMORY ? memoryRead : diskRead);
    }

    synchronized Cursor scan(Family family, byte[] from, byte @Nullable [] to) {
        checkOpen();
        return database.scan(family, from, to, read());
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the snapshot is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            memoryRead.close();
            diskRead.close();
            db.releaseSnapshot(snapshot);
            database.ended(this);
        }
    }
}
