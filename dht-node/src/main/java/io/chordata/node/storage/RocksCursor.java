package io.chordata.node.storage;

import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.StoreFailedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A RocksDB iterator as a {@link Cursor}. Synchronised only because the store may end it from another thread. */
final class RocksCursor implements Cursor {
    private final RocksDatabase database;
    private final RocksIterator iterator;
    private final ReadOptions options;
    private final @Nullable Slice end;
    private byte @Nullable [] seekKey;
    private byte @Nullable [] current;
    private boolean closed;

    RocksCursor(RocksDatabase database, RocksIterator iterator, ReadOptions options, @Nullable Slice end, byte[] from) {
        this.database = database;
        this.iterator = iterator;
        this.options = options;
        this.end = end;
        this.seekKey = from;
    }

    @Override
    public synchronized boolean next() {
        checkOpen();
        if (seekKey != null) {
            iterator.seek(seekKey);
            seekKey = null;
        } else if (iterator.isValid()) {
            iterator.next();
        }
        current = iterator.isValid() ? iterator.key() : null;
        if (current == null) {
            checkStatus();
        }
        return current != null;
    }

    @Override
    public synchronized void seek(byte[] key) {
        checkOpen();
        byte[] floor = seekKey == null ? current : seekKey;
        if (floor != null && Arrays.compareUnsigned(key, floor) > 0) {
            seekKey = key;
        }
    }

    @Override
    public synchronized byte[] key() {
        checkOpen();
        return currentKey();
    }

    @Override
    public synchronized byte[] value() {
        checkOpen();
        currentKey();
        return iterator.value();
    }

    private byte[] currentKey() {
        if (current == null) {
            throw new IllegalStateException("the cursor stands on no row");
        }
        return current;
    }

    private void checkStatus() {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw database.readFailure(e);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreFailedException("the cursor is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            iterator.close();
            options.close();
            if (end != null) {
                end.close();
            }
            database.ended(this);
        }
    }
}
